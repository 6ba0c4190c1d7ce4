//! A formula of one or more variables: a tree, and its value. [`crate::parse::formula`] reads what an author writes.
//!
//! Every function is computed by the kit or by `+ - * /`, so that equal formulas give equal bits on every machine.

use demo_kit::power::{exp, ln, log2, log10, power};

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number, `pi` or `e`.
    Number(f64),
    /// A name whose value comes from outside.
    Variable(String),
    /// `-a`.
    Negative(Box<Formula>),
    /// `a + b`.
    Binary(Operator, Box<[Formula; 2]>),
    /// `min(a, b)`; as many arguments as [`Function::arguments`] allows.
    Call(Function, Vec<Formula>),
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// The closed list of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Sqrt,
    Ln,
    Log2,
    Log10,
    Exp,
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
}

impl Formula {
    /// Its value, given those of its variables; not a number where it has none.
    pub fn value(&self, variable: &dyn Fn(&str) -> f64) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Variable(name) => variable(name),
            Formula::Negative(inner) => -inner.value(variable),
            Formula::Binary(operator, operands) => {
                let [a, b] = operands.each_ref().map(|it| it.value(variable));
                operator.of(a, b)
            }
            Formula::Call(function, arguments) => {
                let values: Vec<f64> = arguments.iter().map(|it| it.value(variable)).collect();
                function.of(&values)
            }
        }
    }
}

impl Operator {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            Operator::Power => power(a, b),
        }
    }
}

impl Function {
    /// All functions by name.
    pub const ALL: [(&str, Function); 10] = [
        ("sqrt", Function::Sqrt),
        ("ln", Function::Ln),
        ("log2", Function::Log2),
        ("log10", Function::Log10),
        ("exp", Function::Exp),
        ("min", Function::Min),
        ("max", Function::Max),
        ("abs", Function::Abs),
        ("floor", Function::Floor),
        ("ceil", Function::Ceil),
    ];

    /// Whether it takes two arguments or more; otherwise it takes one.
    pub fn takes_several(self) -> bool {
        matches!(self, Function::Min | Function::Max)
    }

    fn of(self, arguments: &[f64]) -> f64 {
        let a = arguments.first().copied().unwrap_or(f64::NAN);
        match self {
            Function::Sqrt => a.sqrt(),
            Function::Ln => ln(a),
            Function::Log2 => log2(a),
            Function::Log10 => log10(a),
            Function::Exp => exp(a),
            // Of a list in which something has no value, nothing is the least.
            Function::Min | Function::Max if arguments.iter().any(|it| it.is_nan()) => f64::NAN,
            Function::Min => arguments.iter().copied().fold(a, f64::min),
            Function::Max => arguments.iter().copied().fold(a, f64::max),
            Function::Abs => a.abs(),
            Function::Floor => a.floor(),
            Function::Ceil => a.ceil(),
        }
    }
}
