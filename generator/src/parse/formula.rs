//! What an author writes as a formula -> a tree: recursive descent over `+ - * / ^`, parentheses, names and functions.
//!
//! `^` binds strongest and to the right, then the sign, then `* /`, then `+ -`: `-2^2` is -4, `2^-1` is 0.5.

use std::ops::Range;

use crate::diagnostic::nearest;
use crate::formula::{Formula, Function, Operator};

/// Bytes of a formula. A longer one is no formula that anybody reads.
const MAX_LEN: usize = 1000;
/// How deep parentheses, signs and powers may nest.
const MAX_DEPTH: usize = 60;

const CONSTANTS: [(&str, f64); 2] = [("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];

/// Why a text is no formula, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// A lowercase fragment without full stop.
    pub message: String,
    /// In the text.
    pub range: Range<usize>,
    /// Short text at the place.
    pub label: String,
    /// How to mend it.
    pub hints: Vec<String>,
}

/// Reads a formula whose variables are those named.
///
/// # Errors
/// If it is none; the first mistake is told.
pub fn formula(text: &str, variables: &[&str]) -> Result<Formula, FormulaError> {
    if text.len() > MAX_LEN {
        let message = format!("formula of {} bytes", text.len());
        return Err(error(0..text.len(), message, format!("expected at most {MAX_LEN}")));
    }
    let mut reader = Reader { text, at: 0, depth: 0, variables };
    let formula = reader.sum()?;
    match reader.next() {
        None => Ok(formula),
        Some(')') => Err(error(reader.here(), "`)` without its `(`", "nothing is open here")),
        Some(_) => Err(reader.unexpected("an operator")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    variables: &'a [&'a str],
}

type Read = Result<Formula, FormulaError>;

impl Reader<'_> {
    fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        while let Some(operator) = self.take(&[('+', Operator::Add), ('-', Operator::Subtract)]) {
            left = binary(operator, left, self.product()?);
        }
        Ok(left)
    }

    fn product(&mut self) -> Read {
        let mut left = self.signed()?;
        while let Some(operator) = self.take(&[('*', Operator::Multiply), ('/', Operator::Divide)]) {
            left = binary(operator, left, self.signed()?);
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read {
        self.deeper(|it| match it.take(&[('-', true), ('+', false)]) {
            Some(true) => Ok(Formula::Negative(Box::new(it.signed()?))),
            Some(false) => it.signed(),
            None => it.power(),
        })
    }

    fn power(&mut self) -> Read {
        let base = self.operand()?;
        match self.take(&[('^', Operator::Power)]) {
            Some(operator) => Ok(binary(operator, base, self.signed()?)),
            None => Ok(base),
        }
    }

    fn operand(&mut self) -> Read {
        match self.next() {
            Some('(') => {
                let open = self.at;
                self.at += 1;
                let inner = self.sum()?;
                self.close(open)?;
                Ok(inner)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.name(),
            _ => Err(self.unexpected("a number, a name or `(`")),
        }
    }

    fn number(&mut self) -> Read {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(|it| it.is_ascii_digit() || *it == b'_') {
                at += 1;
            }
            at
        };
        let mut end = digits(start);
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        // `2e3` is a number, `2 * e` has the constant.
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
                end = digits(end + 1 + sign);
            }
        }
        self.at = end;
        let written = &self.text[start..end];
        match written.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Formula::Number(number)),
            _ => Err(error(start..end, format!("`{written}` is no number"), "expected digits such as `0.25`")),
        }
    }

    /// A constant, a variable, or a function with its arguments.
    fn name(&mut self) -> Read {
        let start = self.at;
        let rest = &self.text[start..];
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        let name = &rest[..len];
        self.at += len;
        let function = Function::ALL.iter().find(|(it, _)| *it == name).map(|(_, function)| *function);
        match (function, self.next() == Some('(')) {
            (Some(function), true) => self.call(function, start..start + len),
            (Some(_), false) => {
                let message = format!("function `{name}` without its argument");
                Err(error(start..start + len, message, "expected `(` behind it"))
            }
            (None, true) => {
                Err(self.unknown(name, start, Function::ALL.iter().map(|(it, _)| *it).collect(), "function"))
            }
            (None, false) => self.variable(name, start),
        }
    }

    fn variable(&self, name: &str, start: usize) -> Read {
        if let Some((_, value)) = CONSTANTS.iter().find(|(it, _)| *it == name) {
            return Ok(Formula::Number(*value));
        }
        if self.variables.contains(&name) {
            return Ok(Formula::Variable(name.to_owned()));
        }
        let known = self.variables.iter().copied().chain(CONSTANTS.iter().map(|(it, _)| *it));
        Err(self.unknown(name, start, known.collect(), "name"))
    }

    fn call(&mut self, function: Function, name: Range<usize>) -> Read {
        let open = self.at;
        self.at += 1;
        let mut arguments = vec![self.sum()?];
        while self.take(&[(',', ())]).is_some() {
            arguments.push(self.sum()?);
        }
        self.close(open)?;
        let n = arguments.len();
        if (n > 1) == function.takes_several() {
            return Ok(Formula::Call(function, arguments));
        }
        let expected = if function.takes_several() { "two or more, with commas" } else { "one" };
        let plural = if n == 1 { "" } else { "s" };
        let message = format!("`{}` with {n} argument{plural}", &self.text[name.clone()]);
        Err(error(name.start..self.at, message, format!("expected {expected}")))
    }

    fn close(&mut self, open: usize) -> Result<(), FormulaError> {
        match self.next() {
            Some(')') => {
                self.at += 1;
                Ok(())
            }
            None => Err(error(open..open + 1, "`(` without its `)`", "never closed")),
            Some(',') => Err(error(self.here(), "`,` outside the arguments of `min` and `max`", "expected `)`")
                .hint("decimals are written with a point: `0.5`")),
            Some(_) => Err(self.unexpected("an operator or `)`")),
        }
    }

    /// Runs `read` one level deeper.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Read) -> Read {
        if self.depth == MAX_DEPTH {
            let message = format!("formula nested more than {MAX_DEPTH} levels deep");
            return Err(error(self.here(), message, "this level is too much"));
        }
        self.depth += 1;
        let formula = read(self)?;
        self.depth -= 1;
        Ok(formula)
    }

    /// The next letter that is no space; the reader stands at it.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        rest.trim_start().chars().next()
    }

    /// Takes one of some signs, and tells what it means.
    fn take<T: Copy>(&mut self, signs: &[(char, T)]) -> Option<T> {
        let next = self.next()?;
        let (sign, meaning) = signs.iter().find(|(sign, _)| *sign == next)?;
        self.at += sign.len_utf8();
        Some(*meaning)
    }

    /// The range of the next letter; of the last one at the end.
    fn here(&self) -> Range<usize> {
        match self.text[self.at..].chars().next() {
            Some(c) => self.at..self.at + c.len_utf8(),
            None => {
                let text = self.text.trim_end();
                text.len() - text.chars().next_back().map_or(0, char::len_utf8)..text.len()
            }
        }
    }

    fn unexpected(&mut self, expected: &str) -> FormulaError {
        let Some(c) = self.next() else {
            if self.text.trim().is_empty() {
                return error(self.here(), "empty formula", "expected one such as `2 * x`");
            }
            let label = format!("expected {expected} behind this");
            return error(self.here(), "formula that ends too early", label);
        };
        let it = error(self.here(), format!("unexpected `{c}` in a formula"), format!("expected {expected}"));
        let other = match c {
            '×' | '·' | '⋅' => "*",
            '÷' | ':' => "/",
            '−' | '–' => "-",
            '(' => return it.hint("a product is written with `*`: `2 * (x + 1)`"),
            _ if c.is_ascii_alphanumeric() => return it.hint("a product is written with `*`: `2 * x`"),
            _ => return it,
        };
        it.hint(format!("write `{other}`"))
    }

    fn unknown(&self, name: &str, start: usize, known: Vec<&str>, what: &str) -> FormulaError {
        let label = if what == "function" { "no such function" } else { "nothing has this name" };
        let it = error(start..start + name.len(), format!("unknown {what} `{name}` in a formula"), label);
        // One letter is as near to any other.
        match nearest(name, known.iter().copied()).filter(|_| name.len() > 1) {
            Some(near) => it.hint(format!("did you mean `{near}`?")),
            // Of many names none is worth a list.
            None if known.len() > 12 => it,
            None => {
                let all: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                it.hint(format!("there are {}", all.join(", ")))
            }
        }
    }
}

impl FormulaError {
    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

fn error(range: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> FormulaError {
    FormulaError { message: message.into(), range, label: label.into(), hints: Vec::new() }
}

fn binary(operator: Operator, left: Formula, right: Formula) -> Formula {
    Formula::Binary(operator, Box::new([left, right]))
}

#[cfg(test)]
mod tests {
    use super::{MAX_LEN, formula};
    use proptest::prelude::{ProptestConfig, Strategy, prop_assert, proptest};

    /// The value at x = 3.
    fn check(text: &str, expected: f64) {
        let read = formula(text, &["x", "lumen.users"]);
        let value = read.map(|it| it.value(&|name| if name == "x" { 3.0 } else { 500.0 }));
        assert_eq!(value.map_err(|it| it.message), Ok(expected), "{text}");
    }

    /// The place, the message and the hints of the mistake.
    fn check_error(text: &str, expected: &str) {
        let error = formula(text, &["x"]).expect_err("a mistake");
        let shown = format!("{:?} {}", &text[error.range], error.message);
        assert_eq!([vec![shown], error.hints].concat().join("; "), expected);
    }

    #[test]
    fn operators_bind_as_one_writes() {
        check("1 + 2 * 3 - 4 / 2", 5.0);
        check("8 / 2 / 2", 2.0);
        check("10 - 3 - 2", 5.0);
        check("2 ^ 3 ^ 2", 512.0);
        check("-2^2", -4.0);
        check("2^-1", 0.5);
        check("--x", 3.0);
        check("(1 + 2) * x", 9.0);
        check("10 / (1 - x / 100)", 10.0 / 0.97);
        check("20_000 * .05", 1000.0);
        check("1.5e3 + 2E-1", 1500.2);
        check("2*e - 2*e + pi - pi", 0.0);
        check("lumen.users * 2", 1000.0);
    }

    #[test]
    fn functions_have_their_values() {
        check("sqrt(16) + ln(1) + log2(8) + log10(100) + exp(0)", 10.0);
        check("min(x, 2, 5) + max(1, x)", 5.0);
        check("abs(-x) + floor(2.7) + ceil(2.1)", 8.0);
        let nothing = formula("min(1, sqrt(-1))", &[]).expect("a formula").value(&|_| 0.0);
        assert!(nothing.is_nan());
    }

    #[test]
    fn mistakes_have_their_places() {
        check_error("sqr(x)", "\"sqr\" unknown function `sqr` in a formula; did you mean `sqrt`?");
        check_error("2 * y", "\"y\" unknown name `y` in a formula; there are `x`, `pi`, `e`");
        check_error("2 * rate", "\"rate\" unknown name `rate` in a formula; there are `x`, `pi`, `e`");
        check_error("10 / (1 - x", "\"(\" `(` without its `)`");
        check_error("x) + 1", "\")\" `)` without its `(`");
        check_error("2x", "\"x\" unexpected `x` in a formula; a product is written with `*`: `2 * x`");
        check_error("2(x)", "\"(\" unexpected `(` in a formula; a product is written with `*`: `2 * (x + 1)`");
        check_error("2 × x", "\"×\" unexpected `×` in a formula; write `*`");
        check_error("x +", "\"+\" formula that ends too early");
        check_error("  ", "\"\" empty formula");
        check_error("min(x)", "\"min(x)\" `min` with 1 argument");
        check_error("ln(x, 2)", "\"ln(x, 2)\" `ln` with 2 arguments");
        check_error("sqrt + 1", "\"sqrt\" function `sqrt` without its argument");
        check_error(
            "(1,5) * x",
            "\",\" `,` outside the arguments of `min` and `max`; decimals are written with a point: `0.5`",
        );
        check_error("1.2.3", "\".\" unexpected `.` in a formula");
        check_error(".", "\".\" `.` is no number");
        check_error("1e999", "\"1e999\" `1e999` is no number");
    }

    #[test]
    fn no_formula_is_the_end_of_the_stack() {
        for deep in ["(", "-", "2^", "sqrt("] {
            let error = formula(&deep.repeat(MAX_LEN / deep.len()), &[]).expect_err("too deep");
            assert_eq!(error.message, "formula nested more than 60 levels deep");
        }
        assert_eq!(formula(&"1+".repeat(MAX_LEN), &[]).expect_err("too long").message, "formula of 2000 bytes");
        let long = formula(&("1".to_owned() + &"+1".repeat(MAX_LEN / 2 - 1)), &[]).expect("a formula");
        assert_eq!(long.value(&|_| 0.0), (MAX_LEN / 2) as f64);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_a_formula_or_has_a_mistake_at_a_place(
            text in proptest::collection::vec(
                proptest::sample::select(vec!["x", "1", ".", "e", "+", "-", "*", "^", "(", ")", ",", " ", "sqrt", "min(", "é", "×", "_"]), 0..20,
            ).prop_map(|pieces| pieces.concat())
        ) {
            match formula(&text, &["x"]) {
                Ok(formula) => drop(formula.value(&|_| 1.0)),
                Err(error) => prop_assert!(text.get(error.range.clone()).is_some(), "{error:?} of {text:?}"),
            }
        }
    }
}
