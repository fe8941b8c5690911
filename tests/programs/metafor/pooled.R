# Compares pooled results of the folders that run.sh wrote with those of numbers typed from trials.jsonl by hand.
suppressPackageStartupMessages(library(metafor))
folder <- commandArgs(trailingOnly = TRUE)
file <- function(name, which = "withheld") read.csv(file.path(folder, which, name), encoding = "UTF-8")
same <- function(what, a, b) {
  stopifnot(setNames(all.equal(unname(a), unname(b), tolerance = 1e-9), what) == TRUE)
  cat(what, "is the same\n")
}
pooled <- function(fit) c(fit$beta, fit$se, fit$tau2, fit$QE)

# Proportions of the intervention. What is withheld has no numbers and says why.
all <- file("proportions.csv")
stopifnot(is.na(all$xi[all$withheld != ""]), !is.na(all$xi[all$withheld == ""]), sum(all$withheld != "") == 1)
stopifnot(grepl("^inconsistent", all$withheld[all$withheld != ""]), sum(all$xi.derived) == 2)
arm <- subset(all, outcome == "complete_remission" & group.role == "intervention" & withheld == "")
by_hand <- data.frame(xi = c(33, 71, 18, 32), ni = c(60, 112, 45, 80))
same("pooled proportion", pooled(rma(escalc("PLO", xi = xi, ni = ni, data = arm))),
  pooled(rma(escalc("PLO", xi = xi, ni = ni, data = by_hand))))
stopifnot(!any(grepl("survival", all$outcome)))

# Two groups.
two <- subset(file("two_group.csv"), withheld == "")
by_hand <- data.frame(ai = c(33, 71, 18, 32), n1i = c(60, 112, 45, 80), ci = c(21, 49, 15, 23), n2i = c(58, 109, 44, 82))
for (measure in c("RR", "OR")) {
  same(paste("pooled", measure), pooled(rma(escalc(measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = two))),
    pooled(rma(escalc(measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = by_hand))))
}
# rma passes over the withheld row itself.
fit <- suppressWarnings(rma(escalc("RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = file("two_group.csv"))))
stopifnot(fit$k == 4)
included <- file("two_group.csv", "included")
stopifnot(nrow(included) == 5, !is.na(included$ai), included$ai[5] == 31)

# Means.
means <- subset(file("continuous.csv"), outcome == "pain")
by_hand <- data.frame(m1i = c(3.1, 2.8, 3.5), sd1i = c(1.2, 1.1, 1.6), n1i = c(60, 112, 45),
  m2i = c(4.0, 3.3, 3.9), sd2i = c(1.4, 1.3, 1.5), n2i = c(58, 109, 44))
difference <- function(data) {
  rma(escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = data))
}
same("pooled mean difference", pooled(difference(means)), pooled(difference(by_hand)))

# Hazard ratios: by standard error, and from the interval as conv.wald does it.
ratios <- subset(file("ratios.csv"), measure == "HR")
stopifnot(ratios$reference == "placebo")
by_hand <- data.frame(hr = c(0.71, 0.80, 0.92), lb = c(0.52, 0.63, 0.61), ub = c(0.97, 1.02, 1.39))
by_hand$sei <- (log(by_hand$ub) - log(by_hand$lb)) / (2 * qnorm(0.975))
same("pooled hazard ratio", pooled(rma(yi = yi, sei = sei, data = ratios)),
  pooled(rma(yi = log(hr), sei = sei, data = by_hand)))
converted <- conv.wald(out = yi, ci.lb = ci.lb, ci.ub = ci.ub, data = ratios)
same("variance by conv.wald", converted$vi, ratios$sei^2)

# Survival stands by itself, with its interval.
survival <- file("survival.csv")
stopifnot(survival$percent == c(61, 52), survival$ci.lb == c(49, 41), survival$ci.ub == c(71, 62), survival$time.months == 24)
