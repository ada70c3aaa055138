# quanteda: tokens, tokens_lookup with the dictionary, and its counts by article.
#
# The same entries, wildcards and phrases too: it has both. Phrases cross commas and sentence ends;
# no sentences, no voices. One thread, as framescope is measured; the corpus is read by jsonlite, a
# line at a time, inside the clock, as the other peers read it.
#
# usage: Rscript quanteda_lookup.R CORPUS LEXICON OUT; R needs quanteda (and with it jsonlite)

suppressPackageStartupMessages(library(quanteda))
quanteda_options(threads = 1)

arguments <- commandArgs(trailingOnly = TRUE)
corpus_path <- arguments[1]
out_path <- arguments[3]

# The lexicon is one that `generate` drew: `id = "c0"` and, on the next line, `terms = [...]`, whose
# strings have no escapes, so that JSON reads them.
lines <- readLines(arguments[2], encoding = "UTF-8")
ids <- sub('^id = "(.*)"$', "\\1", grep('^id = "c[0-9]+"$', lines, value = TRUE))
terms <- lapply(sub("^terms = ", "", grep("^terms = ", lines, value = TRUE)), jsonlite::fromJSON)
stopifnot(length(ids) == length(terms), length(ids) > 0)
entries <- dictionary(setNames(terms, ids))

started <- proc.time()[["elapsed"]]
records <- lapply(readLines(corpus_path, encoding = "UTF-8"), jsonlite::fromJSON)
texts <- vapply(records, function(record) paste(record$title, record$text, sep = "\n\n"), "")
names(texts) <- vapply(records, function(record) record$id, "")
found <- tokens_lookup(tokens(texts, remove_punct = TRUE), entries, valuetype = "glob")
counts <- dfm(found)
write.csv(convert(counts, to = "data.frame"), out_path, row.names = FALSE)
seconds <- proc.time()[["elapsed"]] - started

cat(jsonlite::toJSON(list(
  peer = "quanteda",
  version = as.character(packageVersion("quanteda")),
  seconds = seconds,
  bytes = file.size(corpus_path),
  hits = sum(counts)
), auto_unbox = TRUE, digits = NA), "\n", sep = "")
