//! Numbers as the reader sees them, and arithmetic against the standard library's.
#![allow(clippy::disallowed_methods)]

use demo_kit::{Param, Path, json::Json, math, meter, num, text};

#[test]
fn at_most_three_significant_digits() {
    let table = [
        (0.0, "0"),
        (1.0, "1"),
        (-1.5, "−1.5"),
        (0.081_27, "0.0813"),
        (0.1, "0.1"),
        (0.999_6, "1"),
        (9.996, "10"),
        (12.34, "12.3"),
        (99.96, "100"),
        (123.4, "123"),
        (999.6, "1,000"),
        (1234.5, "1,230"),
        (1_999_999.0, "2,000,000"),
        (0.000_012_34, "0.000012"),
        (1e-12, "0"),
        (-1e-12, "0"),
        (1e40, num::NONE),
        (f64::NAN, num::NONE),
        (f64::NEG_INFINITY, num::NONE),
    ];
    for (value, text) in table {
        assert_eq!(num::number(value), text, "{value}");
    }
}

#[test]
fn other_writers() {
    assert_eq!(num::percent(0.204), "20.4\u{a0}%");
    assert_eq!(num::fixed(2.0, 1), "2.0");
    assert_eq!(num::fixed(0.05, 1), "0.1");
    assert_eq!(num::fixed(-0.04, 1), "0.0");
    assert_eq!(num::fixed(1234.5678, 2), "1,234.57");
    assert_eq!(num::integer(-12_345), "−12,345");
    assert_eq!(num::integer_plain(i64::MIN), "-9223372036854775808");
    let tenths = [(0, "0"), (5, ".5"), (-3, "-.3"), (10, "1"), (125, "12.5"), (-1234, "-123.4")];
    for (value, text) in tenths {
        let mut out = String::new();
        num::tenths(&mut out, value);
        assert_eq!(out, text);
    }
}

#[test]
fn decimal_fractions_are_exact() {
    let table = [(0, 1, "0"), (5, 1, "0.5"), (-5, 1, "−0.5"), (50, 1, "5"), (123_456, 1, "12,345.6")];
    for (value, decimals, text) in table {
        assert_eq!(num::decimal(value, decimals), text);
    }
    let table = [(1, 6, "0.000001"), (1_000_100, 6, "1.0001"), (-12, 2, "-0.12"), (7, 0, "7"), (100, 2, "1")];
    for (value, decimals, text) in table {
        assert_eq!(num::decimal_plain(value, decimals), text);
        assert_eq!(num::parse_decimal(text, decimals), Some(value));
    }
    assert_eq!(num::parse_decimal("0.50", 2), Some(50));
    for text in ["0.123", "", ".", "1.", ".1", "-", "1e1", "+1", "1.2.3", "1.+2", "12345678901234.56"] {
        assert_eq!(num::parse_decimal(text, 2), None, "{text}");
    }
    assert_eq!(num::parse_decimal("999999999999999", 6), None, "more than there is room for");
    assert_eq!(num::parse_decimal("-99999999999999.9", 1), Some(-999_999_999_999_999));
}

#[test]
fn percent_are_shown_with_their_sign() {
    let share = Param::range("side", "side", "percent", 0..=150, 10);
    assert_eq!((share.shown(25), share.written(25)), ("25\u{a0}%".into(), "25".into()));
    assert_eq!(Param::range("points", "points", "points", 0..=150, 10).shown(25), "25");
}

#[test]
fn a_knob_shows_thousands_with_commas_and_a_link_has_none() {
    let keys = Param::range("keys", "keys", "keys", 0..=20_000, 240);
    assert_eq!(
        (keys.shown(1_000), keys.number(20_000), keys.written(20_000)),
        ("1,000".into(), "20,000".into(), "20000".into())
    );
    assert_eq!(
        (keys.parse("1000"), keys.parse("1,000")),
        (Some(1_000), None),
        "a comma is refused, never taken for a point"
    );
    let rate = Param::values("rate", "rate", "tokens per second", &[5, 12_345], 5).decimals(1);
    assert_eq!((rate.shown(12_345), rate.number(5)), ("1,234.5".into(), "0.5".into()));
    assert_eq!(demo_kit::player::position(41, 1_200), "event 41 of 1,200");
}

#[test]
fn reads_whole_numbers_only() {
    for text in ["", "-", "1.5", "1e3", "1,000", " 1", "+1", "１", "1234567890123456"] {
        assert_eq!(num::parse(text), None, "{text}");
    }
    assert_eq!(num::parse("-042"), Some(-42));
}

#[test]
fn differences_in_words() {
    assert_eq!(meter::difference(0.081, 0.067, Some(0.012)), "within 1.2\u{a0}σ");
    assert_eq!(meter::difference(0.1, 0.2, Some(0.01)), "10.0\u{a0}σ off");
    assert_eq!(meter::difference(1.0, 1.0, None), "exact");
    assert_eq!(meter::difference(1.1, 1.0, None), "+10\u{a0}%");
    assert_eq!(meter::difference(0.9, 1.0, Some(0.0)), "−10\u{a0}%");
}

#[test]
fn sine_is_close_to_the_libraries() {
    for idx in -4000..4000 {
        let turn = f64::from(idx) / 1000.0;
        let angle = turn * 2.0 * std::f64::consts::PI;
        assert!((math::sin_turn(turn) - angle.sin()).abs() < 1e-7, "{turn}");
        assert!((math::cos_turn(turn) - angle.cos()).abs() < 1e-7, "{turn}");
    }
}

#[test]
fn clock_positions() {
    let at = |turn| math::polar((1600, 1600), 1000, turn);
    let quarter = 1 << 30;
    assert_eq!(
        [at(0), at(quarter), at(2 * quarter), at(3 * quarter)],
        [(1600, 600), (2600, 1600), (1600, 2600), (600, 1600)]
    );
    assert_eq!(math::turn_between(u32::MAX - 9, 10, 128), 0);
    assert_eq!(math::between(i32::MIN, i32::MAX, 256), i32::MAX);
}

#[test]
fn path_data() {
    let mut path = Path::new();
    path.go(125, -30).line(-5, 7).arc(100, true, false, -10, 20).close().dot(1, 2);
    assert_eq!(path.data(), "M12.5-3L-.5 .7A10 10 0 1 0-1 2zM.1 .2h0");
}

#[test]
fn text_from_pieces() {
    assert_eq!(text::cut("a.b.c", b'.'), ("a", Some("b.c")));
    assert_eq!(text::cut("é", b'.'), ("é", None));
    assert_eq!(text::letters("σ = 1–2"), 7);
    let mut out = String::new();
    text::put_replaced(&mut out, "<é>", |byte| (byte == b'<').then_some("("));
    assert_eq!(out, "(é>");
}

#[test]
fn json_escapes() {
    let mut json = Json::default();
    json.open("{");
    json.key("a\"b").string("\\ \n \u{1} <é>");
    json.key("list").open("[");
    json.integer(-5);
    json.boolean(true);
    json.open("{");
    json.close("}");
    json.strings(&["x", "y"]);
    json.close("]");
    json.members(&[("end", "")]);
    json.close("}");
    assert_eq!(json.text(), r#"{"a\"b":"\\ \n   <é>","list":[-5,true,{},["x","y"]],"end":""}"#);
}
