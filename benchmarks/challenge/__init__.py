"""Our own challenge sets in ``tests/challenge``: what a careful analyst would say of sentences written for the purpose."""
