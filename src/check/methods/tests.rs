//! The methods against values from other programs, to 1e-9, at the edges and for a million people too.

use super::survival::SurvivalTransform;
use super::*;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Limits at 95 % for (x, n), clipped to 0 and 1 as the source clips them.
fn agrees(method: ProportionMethod, expected: &[(f64, f64, f64, f64)]) {
    for &(x, n, low, high) in expected {
        let limits = method.limits(x, n, 95.0).map(|end| end.clamp(0.0, 1.0));
        assert!(close(limits.low, low) && close(limits.high, high), "{method:?} {x}/{n}: {limits:?}");
    }
}

// Expected values: statsmodels 0.15.0, `proportion_confint(x, n, 0.05, "normal")`.
#[test]
fn wald() {
    let expected = [
        (0.0, 1.0, 0.000_000_000_0, 0.000_000_000_0),
        (1.0, 1.0, 1.000_000_000_0, 1.000_000_000_0),
        (0.0, 43.0, 0.000_000_000_0, 0.000_000_000_0),
        (43.0, 43.0, 1.000_000_000_0, 1.000_000_000_0),
        (34.0, 43.0, 0.669_105_361_2, 0.912_289_987_7),
        (1.0, 29.0, 0.000_000_000_0, 0.100_892_243_2),
        (81.0, 263.0, 0.252_190_126_2, 0.363_779_455_5),
        (10_000.0, 1_000_000.0, 0.009_804_986_0, 0.010_195_014_0),
        (0.0, 1_000_000.0, 0.000_000_000_0, 0.000_000_000_0),
        (999_999.0, 1_000_000.0, 0.999_997_040_0, 1.000_000_000_0),
        (500_000.0, 1_000_000.0, 0.499_020_018_0, 0.500_979_982_0),
    ];
    agrees(ProportionMethod::Wald, &expected);
}

// Expected values: statsmodels 0.15.0, `proportion_confint(x, n, 0.05, "wilson")`.
#[test]
fn wilson_score() {
    let expected = [
        (0.0, 1.0, 0.000_000_000_0, 0.793_450_685_6),
        (1.0, 1.0, 0.206_549_314_4, 1.000_000_000_0),
        (0.0, 43.0, 0.000_000_000_0, 0.082_009_803_2),
        (43.0, 43.0, 0.917_990_196_8, 1.000_000_000_0),
        (34.0, 43.0, 0.647_943_572_9, 0.885_771_657_8),
        (1.0, 29.0, 0.006_113_214_3, 0.171_755_218_8),
        (81.0, 263.0, 0.255_288_519_9, 0.366_209_577_0),
        (10_000.0, 1_000_000.0, 0.009_806_859_6, 0.010_196_905_0),
        (0.0, 1_000_000.0, 0.000_000_000_0, 0.000_003_841_4),
        (999_999.0, 1_000_000.0, 0.999_994_335_1, 0.999_999_823_5),
        (500_000.0, 1_000_000.0, 0.499_020_019_9, 0.500_979_980_1),
    ];
    agrees(ProportionMethod::Wilson, &expected);
}

// Expected values: scipy 1.17.1, `binomtest(x, n).proportion_ci(0.95, "wilsoncc")`.
#[test]
fn wilson_score_with_correction() {
    let expected = [
        (0.0, 1.0, 0.000_000_000_0, 0.945_379_244_5),
        (1.0, 1.0, 0.054_620_755_5, 1.000_000_000_0),
        (0.0, 43.0, 0.000_000_000_0, 0.102_143_258_1),
        (43.0, 43.0, 0.897_856_741_9, 1.000_000_000_0),
        (34.0, 43.0, 0.635_190_242_5, 0.894_242_752_1),
        (1.0, 29.0, 0.001_802_640_2, 0.196_281_751_0),
        (81.0, 263.0, 0.253_508_682_3, 0.368_176_201_0),
        (10_000.0, 1_000_000.0, 0.009_806_364_5, 0.010_197_409_8),
        (0.0, 1_000_000.0, 0.000_000_000_0, 0.000_004_789_2),
        (999_999.0, 1_000_000.0, 0.999_993_505_0, 0.999_999_947_8),
        (500_000.0, 1_000_000.0, 0.499_019_519_9, 0.500_980_480_1),
    ];
    agrees(ProportionMethod::WilsonCc, &expected);
}

// Expected values: statsmodels 0.15.0, `proportion_confint(x, n, 0.05, "beta")`.
#[test]
fn clopper_pearson() {
    let expected = [
        (0.0, 1.0, 0.000_000_000_0, 0.975_000_000_0),
        (1.0, 1.0, 0.025_000_000_0, 1.000_000_000_0),
        (0.0, 43.0, 0.000_000_000_0, 0.082_211_121_2),
        (43.0, 43.0, 0.917_788_878_8, 1.000_000_000_0),
        (34.0, 43.0, 0.639_575_247_9, 0.899_558_853_3),
        (1.0, 29.0, 0.000_872_646_9, 0.177_644_295_5),
        (81.0, 263.0, 0.252_736_745_6, 0.367_621_922_6),
        (10_000.0, 1_000_000.0, 0.009_805_906_2, 0.010_196_939_8),
        (0.0, 1_000_000.0, 0.000_000_000_0, 0.000_003_688_9),
        (999_999.0, 1_000_000.0, 0.999_994_428_4, 0.999_999_974_7),
        (500_000.0, 1_000_000.0, 0.499_019_519_2, 0.500_980_480_8),
    ];
    agrees(ProportionMethod::ClopperPearson, &expected);
}

// Expected values: statsmodels 0.15.0, `proportion_confint(x, n, 0.05, "agresti_coull")`.
#[test]
fn agresti_coull() {
    let expected = [
        (0.0, 1.0, 0.000_000_000_0, 0.832_500_514_5),
        (1.0, 1.0, 0.167_499_485_5, 1.000_000_000_0),
        (0.0, 43.0, 0.000_000_000_0, 0.097_793_214_4),
        (43.0, 43.0, 0.902_206_785_6, 1.000_000_000_0),
        (34.0, 43.0, 0.645_769_681_3, 0.887_945_549_4),
        (1.0, 29.0, 0.000_000_000_0, 0.186_286_508_6),
        (81.0, 263.0, 0.255_220_665_2, 0.366_277_431_7),
        (10_000.0, 1_000_000.0, 0.009_806_850_6, 0.010_196_914_1),
        (0.0, 1_000_000.0, 0.000_000_000_0, 0.000_004_637_0),
        (999_999.0, 1_000_000.0, 0.999_993_729_7, 1.000_000_000_0),
        (500_000.0, 1_000_000.0, 0.499_020_019_9, 0.500_979_980_1),
    ];
    agrees(ProportionMethod::AgrestiCoull, &expected);
}

// Expected values: statsmodels 0.15.0, `proportion_confint(x, n, 0.05, "jeffreys")`.
#[test]
fn jeffreys() {
    let expected = [
        (0.0, 1.0, 0.000_385_581_0, 0.853_253_683_7),
        (1.0, 1.0, 0.146_746_316_3, 0.999_614_419_0),
        (0.0, 43.0, 0.000_011_353_1, 0.056_422_724_4),
        (43.0, 43.0, 0.943_577_275_6, 0.999_988_646_9),
        (34.0, 43.0, 0.652_710_813_9, 0.891_071_214_1),
        (1.0, 29.0, 0.003_746_173_6, 0.150_077_686_0),
        (81.0, 263.0, 0.254_521_935_0, 0.365_647_499_2),
        (10_000.0, 1_000_000.0, 0.009_806_401_4, 0.010_196_435_0),
        (0.0, 1_000_000.0, 0.000_000_000_5, 0.000_002_511_9),
        (999_999.0, 1_000_000.0, 0.999_995_325_8, 0.999_999_892_1),
        (500_000.0, 1_000_000.0, 0.499_020_019_2, 0.500_979_980_8),
    ];
    agrees(ProportionMethod::Jeffreys, &expected);
}

// Expected values: Newcombe 1998, table I, method 2 (four digits), and the definition at the edges.
#[test]
fn wald_with_correction() {
    let published = [
        (81.0, 263.0, 0.2503, 0.3657),
        (15.0, 148.0, 0.0494, 0.1534),
        (0.0, 20.0, 0.0, 0.0250),
        (1.0, 29.0, 0.0, 0.1181),
    ];
    for (x, n, low, high) in published {
        let limits = ProportionMethod::WaldCc.limits(x, n, 95.0).map(|end| end.clamp(0.0, 1.0));
        assert!((limits.low - low).abs() < 6e-5 && (limits.high - high).abs() < 6e-5, "{x}/{n}: {limits:?}");
    }
    agrees(
        ProportionMethod::WaldCc,
        &[
            (0.0, 1.0, 0.0, 0.5),
            (1.0, 1.0, 0.5, 1.0),
            (0.0, 43.0, 0.0, 0.011_627_907_0),
            (43.0, 43.0, 0.988_372_093_0, 1.0),
            (0.0, 1_000_000.0, 0.0, 0.000_000_5),
            (500_000.0, 1_000_000.0, 0.499_019_518_0, 0.500_980_482_0),
        ],
    );
}

// Expected values: statsmodels 0.15.0, `proportion_confint(34, 43, 0.10, "beta")` and `(34, 43, 0.01, "wilson")`.
#[test]
fn levels() {
    let ninety = ProportionMethod::ClopperPearson.limits(34.0, 43.0, 90.0);
    assert!(close(ninety.low, 0.663_175_980_4) && close(ninety.high, 0.886_228_385_7));
    let ninety_nine = ProportionMethod::Wilson.limits(34.0, 43.0, 99.0);
    assert!(close(ninety_nine.low, 0.598_110_724_5) && close(ninety_nine.high, 0.905_567_165_7));
}

// Expected values: R 4.2.2, survival 3.5-3, `survfit(…, conf.type = …)` at the last of d deaths among n people.
#[test]
fn survival_without_censoring() {
    use SurvivalTransform::{Arcsine, Log, LogLog, Logit, Plain};
    let expected = [
        (40.0, 20.0, Plain, 0.345_051_241_924, 0.654_948_758_076),
        (40.0, 20.0, Log, 0.366_761_063_271, 0.681_642_696_12),
        (40.0, 20.0, LogLog, 0.338_270_367_324, 0.641_940_780_769),
        (40.0, 20.0, Logit, 0.349_828_069_564, 0.650_171_930_436),
        (40.0, 20.0, Arcsine, 0.347_519_481_983, 0.652_480_518_017),
        (32.0, 22.0, Plain, 0.151_904_096_166, 0.473_095_903_834),
        (32.0, 22.0, Log, 0.186_923_151_325, 0.522_440_635_673),
        (32.0, 22.0, LogLog, 0.163_764_111_145, 0.473_431_981_814),
        (32.0, 22.0, Logit, 0.177_123_588_137, 0.489_762_324_503),
        (32.0, 22.0, Arcsine, 0.166_240_141_276, 0.481_044_134_611),
        (100.0, 3.0, Plain, 0.936_565_519_044, 1.0),
        (100.0, 3.0, Log, 0.937_135_174_052, 1.0),
        (100.0, 3.0, LogLog, 0.909_877_763_424, 0.990_224_774_125),
        (100.0, 3.0, Logit, 0.911_100_561_794, 0.990_292_003_501),
        (100.0, 3.0, Arcsine, 0.927_780_603_771, 0.994_222_263_303),
        // With one person there is no probability between 0 and 1; two are the fewest.
        (2.0, 1.0, Plain, 0.0, 1.0),
        (2.0, 1.0, Log, 0.125_048_826_630, 1.0),
        (2.0, 1.0, LogLog, 0.005_983_087_639, 0.910_410_084_837),
        (2.0, 1.0, Logit, 0.058_866_787_142, 0.941_133_212_858),
        (2.0, 1.0, Arcsine, 0.008_521_990_623, 0.991_478_009_377),
        (1e6, 250_000.0, Plain, 0.749_151_310_699, 0.750_848_689_301),
        (1e6, 250_000.0, Log, 0.749_151_790_701, 0.750_849_169_664),
        (1e6, 250_000.0, LogLog, 0.749_150_121_260, 0.750_847_500_822),
        (1e6, 250_000.0, Logit, 0.749_150_350_699, 0.750_847_728_576),
        (1e6, 250_000.0, Arcsine, 0.749_150_831_061, 0.750_848_208_575),
    ];
    for (n, deaths, transform, low, high) in expected {
        let s = (n - deaths) / n;
        let limits = transform.limits(s, (s * (1.0 - s) / n).sqrt(), critical(95.0));
        assert!(close(limits.low, low) && close(limits.high, high), "{transform:?} {deaths}/{n}: {limits:?}");
    }
}

// Expected values: R 4.2.2, `fisher.test`, `chisq.test` without and with correction, mid-p from `phyper` and `dhyper`.
#[test]
fn fourfold_tables() {
    let expected = [
        ([69.0, 135.0, 80.0, 239.0], 0.000_968_153_903, 0.000_818_766_056, 0.001_210_419_233, 0.000_910_243_719),
        ([1.0, 1.0, 0.0, 1.0], 1.0, 0.157_299_207_05, 1.0, 0.5),
        ([0.0, 20.0, 5.0, 20.0], 0.047_124_047_124, 0.016_827_409_483, 0.055_829_294_639, 0.023_562_023_562),
        ([12.0, 12.0, 3.0, 9.0], 0.001_547_987_616, 0.000_817_973_320, 0.004_255_304_935, 0.001_547_987_616),
        ([39.0, 173.0, 46.0, 196.0], 0.901_553_981_311, 0.833_023_450_201, 0.930_712_267_06, 0.835_391_123_772),
        ([5e3, 5e5, 5.2e3, 5e5], 0.047_639_910_579, 0.046_538_908_780, 0.047_645_111_207, 0.046_544_564_570),
    ];
    for ([x1, n1, x2, n2], exact, plain, corrected, mid) in expected {
        let table = Table { x1, n1, x2, n2 };
        let found = [fisher(table), chi_square(table), chi_square_yates(table), mid_p(table)];
        let expected = [exact, plain, corrected, mid];
        assert!(found.iter().zip(expected).all(|(a, b)| close(*a, b)), "{table:?}: {found:?}");
    }
}

// Expected values: statsmodels 0.15.0, `test_proportions_2indep(…, compare="diff", method="wald")`; the last: R 4.2.2,
// `2 * pnorm(-sqrt(2))`, a group of one.
#[test]
fn two_proportions() {
    let p = |x1, n1, x2, n2| unpooled_z(Table { x1, n1, x2, n2 });
    assert!(close(p(69.0, 135.0, 80.0, 239.0), 0.000_826_727_363));
    assert!(close(p(39.0, 173.0, 46.0, 196.0), 0.832_868_744_124));
    assert!(close(p(5e3, 5e5, 5.2e3, 5e5), 0.046_538_474_825));
    assert!(close(p(1.0, 2.0, 0.0, 1.0), 0.157_299_207_050));
}

// Expected values: scipy 1.17.1, `ttest_ind_from_stats` with unequal and equal variances.
#[test]
fn two_means() {
    let sample = |mean, sd, n| Sample { mean, sd, n };
    let expected = [
        (sample(5.2, 1.3, 40.0), sample(4.6, 1.9, 35.0), 0.120_945_506_297, 0.111_153_905_435),
        (sample(10.0, 2.0, 2.0), sample(12.0, 3.0, 2.0), 0.525_224_349_237, 0.514_928_749_927),
        (sample(0.5, 1.0, 5e5), sample(0.503, 1.2, 5e5), 0.174_452_517_117, 0.174_452_507_154),
    ];
    for (a, b, unequal, equal) in expected {
        assert!(
            close(welch(a, b), unequal) && close(student(a, b), equal),
            "{a:?} {b:?}: {} {}",
            welch(a, b),
            student(a, b)
        );
    }
}

// Expected values: scipy 1.17.1, `contingency.odds_ratio(…, kind="conditional")`.
#[test]
fn conditional_odds_ratios() {
    let expected = [
        ([69.0, 135.0, 80.0, 239.0], 2.073_630_296_408),
        ([9.0, 20.0, 5.0, 20.0], 2.398_791_409_006),
        ([39.0, 173.0, 46.0, 196.0], 0.949_193_419_245),
        ([2500.0, 50_000.0, 2600.0, 50_000.0], 0.959_514_566_550),
    ];
    for ([x1, n1, x2, n2], ratio) in expected {
        let found = conditional_odds_ratio(Table { x1, n1, x2, n2 });
        assert!((found - ratio).abs() < 1e-6, "{x1}/{n1} {x2}/{n2}: {found}");
    }
    assert!(conditional_odds_ratio(Table { x1: 5.0, n1: 5.0, x2: 1.0, n2: 5.0 }).is_infinite());
}
