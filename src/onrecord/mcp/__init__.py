"""Answers to programs that ask by the Model Context Protocol: a record goes in, a server with read-only tools comes out.

Every finding that a tool gives back has its quotation, word for word, its article (title, publisher, date, address), its id, how sure it is, whose
words it is in, and what reviews and corrections say of it. The server reads through :class:`onrecord.store.Record` alone and writes nothing.
"""

from onrecord.mcp.server import INSTRUCTIONS, make_server

__all__ = ["INSTRUCTIONS", "make_server"]
