# quanteda: tokens(), index() of the terms as phrases, write.csv.
#   Rscript quanteda.R TERMS.tsv SEGMENTS.tsv HITS.csv LANG
# TERMS.tsv has lines of rule and term. Hits are positions of tokens, not of characters; Chinese terms are cut
# into tokens by the same segmenter (ICU), so where it cuts otherwise in the text they are not found.
given <- commandArgs(TRUE)
suppressWarnings(suppressMessages(library(quanteda)))
quanteda_options(threads = 1, verbose = FALSE)
read <- function(path, n) {
  lines <- readLines(path, encoding = "UTF-8")
  parts <- regmatches(lines, regexpr("\t", lines), invert = TRUE)
  if (n == 3) parts <- lapply(parts, function(p) c(p[1], sub("^[^\t]*\t", "", p[2])))
  parts
}
terms <- vapply(read(given[1], 2), `[`, "", 2)
segments <- read(given[2], 3)
texts <- vapply(segments, `[`, "", 2)
Encoding(texts) <- "UTF-8"; Encoding(terms) <- "UTF-8"
names(texts) <- vapply(segments, `[`, "", 1)
if (given[4] == "zh") terms <- vapply(as.list(tokens(terms)), paste, "", collapse = " ")
found <- index(tokens(texts), phrase(terms), valuetype = "fixed")
utils::write.csv(found, given[3], row.names = FALSE)
