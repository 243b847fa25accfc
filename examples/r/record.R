# A record in R, by RSQLite alone: who condemned what, a conflict-cooperation series, and the same from a CSV file.
#
#   Rscript examples/r/record.R record.db [events.tsv] [figure.pdf]
#
# record.db    what `onrecord add articles/ --db record.db` made
# events.tsv   what `onrecord export icews --db record.db -o events.tsv` made; "" to leave it out
# figure.pdf   where to draw; without it nothing is drawn

suppressPackageStartupMessages({
  library(DBI)
  library(RSQLite)
})

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1) stop("say which record: Rscript record.R record.db [events.tsv] [figure.pdf]")

# A record is opened for reading only, so that nothing here can change it, also while it is being added to.
record <- dbConnect(SQLite(), arguments[1], flags = SQLITE_RO)
ask <- function(statement, ...) {
  if (...length() > 0) dbGetQuery(record, statement, params = list(...)) else dbGetQuery(record, statement)
}

heading <- function(words) cat("\n", words, "\n", sep = "")

# 1. Who condemned what ------------------------------------------------------------------------------------------------
# Ask for `current` rows: those of earlier codings stay in the record. What a reviewer rejected has review = 'rejected'.

condemned <- ask("
  SELECT COALESCE(w.name, p.holder) AS holder, p.object, p.said, p.evidence, a.publisher
  FROM positions p
  JOIN articles a ON a.key = p.article
  LEFT JOIN actors w ON w.id = p.holder_id
  WHERE p.current AND p.act = ? AND (p.review IS NULL OR p.review <> 'rejected')
  ORDER BY p.said_from, holder", "condemn")

heading("Who condemned what")
print(head(condemned[c("said", "holder", "object", "publisher")], 10), row.names = FALSE)

# 2. A matrix of holders by stance ---------------------------------------------------------------------------------------

stands <- ask("
  SELECT COALESCE(w.name, p.holder) AS holder, p.stance
  FROM positions p LEFT JOIN actors w ON w.id = p.holder_id
  WHERE p.current AND (p.review IS NULL OR p.review <> 'rejected')")
sides <- table(stands$holder, factor(stands$stance, c("support", "neutral", "oppose")))
sides <- sides[order(-rowSums(sides), rownames(sides)), , drop = FALSE]

heading("How often each holder is for and against something")
print(head(sides, 8))

# 3. Events by month and class, with the articles of the month beside them -------------------------------------------------
# One row for each event across articles; a mention that is a member of none is an event of its own. Only what is asserted counts.

events <- ask("
  SELECT substr(COALESCE(e.date_from, m.date_from), 1, 7) AS month, m.quad, COUNT(DISTINCT COALESCE(m.event_id, m.id)) AS events
  FROM event_mentions m LEFT JOIN events e ON e.id = m.event_id
  WHERE m.current AND m.veridicality = 'asserted' AND m.quad IS NOT NULL AND COALESCE(e.date_from, m.date_from) IS NOT NULL
    AND (m.review IS NULL OR m.review <> 'rejected')
  GROUP BY 1, 2 ORDER BY 1, 2")
published <- ask("
  SELECT substr(published_from, 1, 7) AS month, COUNT(*) AS articles
  FROM articles WHERE current AND published_from IS NOT NULL GROUP BY 1")

months <- sort(unique(published$month))
classes <- c("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
counts <- xtabs(events ~ factor(month, months) + factor(quad, 1:4, classes), data = events)
articles <- published$articles[match(months, published$month)]
conflict <- rowSums(counts[, 3:4, drop = FALSE])
cooperation <- rowSums(counts[, 1:2, drop = FALSE])
series <- data.frame(
  month = months, articles = articles, conflict = as.vector(conflict), cooperation = as.vector(cooperation),
  balance = round(as.vector(cooperation - conflict) / as.vector(cooperation + conflict), 2),
  per_article = round(as.vector(cooperation + conflict) / articles, 2)
)

heading("Conflict and cooperation by month (balance: -1 all conflict, 1 all cooperation)")
print(series, row.names = FALSE)

# 4. The same from a file for scripts that read ICEWS -----------------------------------------------------------------------
# Codes are text ("042"): read them as text, or their zeros are lost.

if (length(arguments) >= 2 && nzchar(arguments[2])) {
  icews <- read.delim(arguments[2], colClasses = c("CAMEO.Code" = "character"), quote = "", encoding = "UTF-8")
  dyads <- aggregate(list(events = icews$Event.ID), by = icews[c("Source.Country", "Target.Country")], FUN = length)
  dyads <- dyads[dyads$Source.Country != "" & dyads$Target.Country != "" & dyads$Source.Country != dyads$Target.Country, ]
  dyads <- dyads[order(-dyads$events, dyads$Source.Country, dyads$Target.Country), ]
  heading("The dyads with most events")
  print(head(dyads, 6), row.names = FALSE)
}

# 5. A figure with base R -----------------------------------------------------------------------------------------------------

if (length(arguments) >= 3) {
  pdf(arguments[3], width = 8, height = 6)
  on_screen <- par(mfrow = c(2, 1), mar = c(3, 4, 2, 1))
  barplot(t(counts), col = c("#3a86c8", "#1d5a8c", "#e39a63", "#8f1d22"), border = NA, las = 1, ylab = "events",
          main = "Events by class", legend.text = classes, args.legend = list(bty = "n", cex = 0.8, x = "topright"))
  plot(seq_along(months), series$balance, type = "b", pch = 19, ylim = c(-1, 1), xaxt = "n", las = 1, xlab = "", ylab = "balance",
       main = "Cooperation less conflict, as a share of both")
  axis(1, seq_along(months), months)
  abline(h = 0, lty = 2)
  par(on_screen)
  invisible(dev.off())
  cat("\nDrawn:", arguments[3], "\n")
}

dbDisconnect(record)
