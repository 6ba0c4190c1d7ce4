//! Diagrams: nothing overlaps, nothing is cut off, no text hangs or breaks the program.

use cutaway::diagnostic::Code;
use cutaway::diagram::{Diagram, diagram};
use cutaway::drawing::{Drawing, Mark, Step};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, proptest};

/// Left, top, right, bottom.
type Extent = [f64; 4];

fn join(a: Extent, b: Extent) -> Extent {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// How far a mark's outline reaches; texts have their own test, in a browser.
fn extent(mark: &Mark) -> Option<Extent> {
    match mark {
        Mark::Group { marks, .. } => marks.iter().filter_map(extent).reduce(join),
        Mark::Rect { x, y, width, height, .. } => Some([*x, *y, x + width, y + height]),
        Mark::Ellipse { x, y, rx, ry, .. } => Some([x - rx, y - ry, x + rx, y + ry]),
        Mark::Path { steps, .. } => {
            let points = steps.iter().filter_map(|step| match step {
                Step::Move(x, y) | Step::Line(x, y) => Some((*x, *y)),
                Step::Curve([_, _, x, y]) | Step::Arc([_, _, x, y]) => Some((*x, *y)),
                Step::Close => None,
            });
            points.map(|(x, y)| [x, y, x, y]).reduce(join)
        }
        Mark::Text { .. } => None,
    }
}

/// Outlines of all boxes.
fn boxes(marks: &[Mark]) -> Vec<Extent> {
    let is_box = |mark: &&Mark| matches!(mark, Mark::Group { class, .. } if class.starts_with("node"));
    marks.iter().filter(is_box).filter_map(extent).collect()
}

/// What is wrong with a drawing, if anything.
fn fault(drawing: &Drawing) -> Option<String> {
    let whole = [0.0, 0.0, drawing.width, drawing.height];
    let all = drawing.marks.iter().filter_map(extent).reduce(join)?;
    if join(all, whole) != whole || !all.iter().all(|it| it.is_finite()) {
        return Some(format!("marks reach {all:?} of {whole:?}"));
    }
    let boxes = boxes(&drawing.marks);
    for (idx, a) in boxes.iter().enumerate() {
        for b in &boxes[idx + 1..] {
            let width = a[2].min(b[2]) - a[0].max(b[0]);
            let height = a[3].min(b[3]) - a[1].max(b[1]);
            if width > 0.5 && height > 0.5 {
                return Some(format!("boxes overlap: {a:?} and {b:?}"));
            }
        }
    }
    None
}

fn drawn(text: &str) -> Drawing {
    let Diagram { drawing, problems, .. } = diagram(text);
    drawing.unwrap_or_else(|| panic!("{text}\n{problems:?}"))
}

/// The kinds of thing that a text draws, in order, each once.
fn classes(text: &str) -> Vec<String> {
    fn add(marks: &[Mark], all: &mut Vec<String>) {
        for mark in marks {
            let class = match mark {
                Mark::Group { class, marks } => {
                    add(marks, all);
                    class
                }
                Mark::Rect { class, .. }
                | Mark::Ellipse { class, .. }
                | Mark::Path { class, .. }
                | Mark::Text { class, .. } => class,
            };
            all.push((*class).to_owned());
        }
    }
    let mut all = Vec::new();
    add(&drawn(text).marks, &mut all);
    all.sort();
    all.dedup();
    all
}

/// All lines of text in a drawing.
fn words(marks: &[Mark]) -> Vec<String> {
    let of = |mark: &Mark| match mark {
        Mark::Group { marks, .. } => words(marks),
        Mark::Text { lines, .. } => lines.clone(),
        _ => Vec::new(),
    };
    marks.iter().flat_map(of).collect()
}

#[test]
fn every_kind_draws_what_it_says() {
    let has = |text: &str, wanted: &[&str]| {
        let found = classes(text);
        for class in wanted {
            assert!(found.iter().any(|it| it == class), "{text}\nhas no {class}: {found:?}");
        }
    };
    has(
        "flowchart LR\nA -.-> B\nsubgraph g [x]\nC\nend",
        &["node", "edge dotted", "head full", "group", "s small title"],
    );
    has(
        "sequenceDiagram\nA->>+B: x\nNote over A: y\nloop z\nB-->>-A: w\nend",
        &["life", "bar", "node note", "fragment", "tab"],
    );
    has(
        "stateDiagram-v2\n[*] --> A\nA --> [*]\nstate B {\n[*] --> c\n--\nd --> e\n}",
        &["dot", "group", "group region"],
    );
    has("classDiagram\nA <|-- B\nA *-- \"n\" C\nA : +x()", &["head hollow", "head full", "rule", "t strong"]);
    has("erDiagram\nA ||--o{ B : has\nA {\nint id PK\n}", &["head", "head hollow", "s small", "t strong"]);
}

#[test]
fn members_and_cardinalities_are_written() {
    let text =
        "classDiagram\nclass A~T~ {\n<<interface>>\n+int x\n+go(List~T~) bool$\n}\nA \"1\" o-- \"0..*\" B : holds";
    assert_eq!(
        words(&drawn(text).marks),
        ["«interface»", "A<T>", "+int x", "+go(List<T>) bool {static}", "B", "holds", "0..*", "1"]
    );
    let text = "erDiagram\nORDER {\nint id PK \"the key\"\nstring name\n}";
    assert_eq!(words(&drawn(text).marks), ["ORDER", "int", "id", "PK", "the key", "string", "name"]);
}

#[test]
fn a_subgraph_may_be_named_before_it_is_opened() {
    let text = "flowchart TB\nx --> g\nsubgraph g [Group]\na --> b\nend\ng --> y";
    assert_eq!(boxes(&drawn(text).marks).len(), 4);
    let text = "stateDiagram-v2\n[*] --> A\nstate A {\n[*] --> b\n}\nA --> [*]";
    assert_eq!(boxes(&drawn(text).marks).len(), 4);
}

#[test]
fn directions_are_followed() {
    let below = |text: &str| {
        let all = boxes(&drawn(text).marks);
        (all[1][1] >= all[0][3], all[1][0] >= all[0][2], all[1][3] <= all[0][1], all[1][2] <= all[0][0])
    };
    assert_eq!(below("flowchart TB\nA --> B"), (true, false, false, false));
    assert_eq!(below("flowchart LR\nA --> B"), (false, true, false, false));
    assert_eq!(below("flowchart BT\nA --> B"), (false, false, true, false));
    assert_eq!(below("flowchart RL\nA --> B"), (false, false, false, true));
    assert_eq!(below("stateDiagram-v2\ndirection LR\nA --> B"), (false, true, false, false));
    assert_eq!(below("flowchart TB\nsubgraph g\ndirection LR\nA --> B\nend"), (false, true, false, false));
}

#[test]
fn boxes_of_a_rank_stand_in_the_order_of_the_text() {
    for text in ["flowchart TB\nA --> B & C & D", "flowchart TB\nA -->|x| B\nA -->|y| C\nA -->|z| D"] {
        let all = boxes(&drawn(text).marks);
        assert!(all[1][2] < all[2][0] && all[2][2] < all[3][0], "{text}: {all:?}");
    }
    let all = boxes(&drawn("flowchart LR\nA --> B & C & D").marks);
    assert!(all[1][3] < all[2][1] && all[2][3] < all[3][1], "{all:?}");
}

#[test]
fn the_label_of_a_loop_stays_in_the_frame_around_it() {
    let drawing = drawn("flowchart TB\nsubgraph g\nA -->|a label as long as it gets| A\nend");
    let of = |wanted: &str| -> Vec<Extent> {
        let is = |mark: &&Mark| matches!(mark, Mark::Group { class, .. } if *class == wanted);
        drawing.marks.iter().filter(is).filter_map(extent).collect()
    };
    let (frames, labels) = (of("group"), of("label"));
    assert_eq!(join(frames[0], labels[0]), frames[0]);
}

#[test]
fn hard_input_is_drawn_or_refused() {
    let long = "lorem ipsum ".repeat(25);
    let texts = [
        String::new(),
        "\n\n".to_owned(),
        "flowchart".to_owned(),
        "flowchart TB\n%% nothing\n".to_owned(),
        "sequenceDiagram".to_owned(),
        "classDiagram\n}".to_owned(),
        format!("flowchart TB\nA[{long}] -->|{long}| B{{{long}}}\nB --> C(({long}))"),
        format!(
            "sequenceDiagram\nparticipant A as {long}\nA->>B: {long}\nNote over A,B: {long}\nA->>A: {long}\nalt {long}\nA->>B: x\nelse {long}\nB->>A: y\nend"
        ),
        format!("stateDiagram-v2\nA --> B : {long}\nnote right of A : {long}"),
        format!("classDiagram\nA : {long}\nA --> B : {long}"),
        format!("erDiagram\nA ||--|| B : \"{long}\"\nA {{\nint x \"{long}\"\n}}"),
        format!("flowchart TB\nA[{}]", "x".repeat(300)),
        "flowchart TB\nA --> A --> B --> A\nB --> B\nC\nD".to_owned(),
        "flowchart TB\nA[\"<script>alert(1)</script>\u{1}\u{7f}\"] --> B[\"&lt;#quot;\"]".to_owned(),
        "flowchart LR\nsubgraph a\nsubgraph b\nsubgraph c\nx\nend\nend\nend\na --> b\nb --> c\nc --> a\nx --> a"
            .to_owned(),
        "flowchart TB\nsubgraph a\na\nend\na --> a".to_owned(),
        "flowchart TB\nsubgraph a\nb\nend\nsubgraph b\na\nend".to_owned(),
        "flowchart TB\nsubgraph a\nend\nb --> a".to_owned(),
        "stateDiagram-v2\nstate A {\n--\n--\n}\nA --> A".to_owned(),
        "sequenceDiagram\nloop x\nend\nNote left of A: x\ndeactivate A\ndestroy A".to_owned(),
        format!("flowchart TB\n{}", (0..99).map(|idx| format!("a --> b{idx}\n")).collect::<String>()),
        format!("sequenceDiagram\n{}", "loop x\nA->>B: y\n".repeat(200) + &"end\n".repeat(200)),
        format!("flowchart TB\n{}", "subgraph x\n".repeat(500)),
    ];
    for text in texts {
        let answer = diagram(&text);
        match &answer.drawing {
            Some(drawing) => assert_eq!(fault(drawing), None, "{text}"),
            None => assert!(!answer.problems.is_empty(), "{text}"),
        }
        for problem in &answer.problems {
            assert!(text.get(problem.range.clone()).is_some(), "{text}: {problem:?}");
        }
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_laid_out() {
    let refused = |text: String| {
        let answer = diagram(&text);
        assert!(answer.drawing.is_none());
        assert_eq!(answer.problems.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::LargeDiagram]);
    };
    refused(format!("flowchart TB\n{}", (0..1000).map(|idx| format!("a{idx}\n")).collect::<String>()));
    refused(format!("flowchart TB\n{}", "a --> b\n".repeat(1000)));
    refused(format!("flowchart TB\n{}{}", "subgraph x\n".repeat(12), "end\n".repeat(12)));
    // A chain of a hundred, and lines from its beginning to its end.
    let chain: String = (0..99).map(|idx| format!("a{idx} --> a{}\n", idx + 1)).collect();
    let long: String = (0..20).map(|idx| format!("a{idx} --> a{}\n", 99 - idx)).collect();
    refused(format!("flowchart TB\n{chain}{long}"));
    refused(format!("sequenceDiagram\n{}", "A->>B: x\n".repeat(1000)));
    refused(format!("sequenceDiagram\n{}", (0..100).map(|idx| format!("participant a{idx}\n")).collect::<String>()));
}

/// A flowchart of up to twelve boxes in up to four groups.
fn flowcharts() -> impl Strategy<Value = String> {
    let edges = proptest::collection::vec((0..12_usize, 0..12_usize, 0..4_u8), 0..24);
    let groups = proptest::collection::vec(0..5_usize, 12);
    (edges, groups, 0..4_usize, any::<bool>()).prop_map(|(edges, groups, direction, nested)| {
        let mut text = format!("flowchart {}\n", ["TB", "LR", "BT", "RL"][direction]);
        for group in 0..4 {
            text += &format!("subgraph g{group} [Group {group}]\n");
            let members = groups.iter().enumerate().filter(|(_, it)| **it == group);
            members.for_each(|(idx, _)| text += &format!("n{idx}[Box number {idx}]\n"));
            if !nested {
                text += "end\n";
            }
        }
        if nested {
            text += &"end\n".repeat(4);
        }
        for (from, to, kind) in edges {
            text += &match kind {
                0 => format!("n{from} --> n{to}\n"),
                1 => format!("n{from} -->|a label| n{to}\n"),
                2 => format!("n{from} -.-> g{}\n", to % 4),
                _ => format!("n{from} ---> n{to}\n"),
            };
        }
        text
    })
}

/// Lines that mean something to some grammar, put together at random.
fn scraps() -> impl Strategy<Value = String> {
    let kinds =
        ["flowchart LR", "sequenceDiagram", "stateDiagram-v2", "classDiagram", "erDiagram", "gantt", "%%{init: {}}%%"];
    let pieces = [
        "A",
        "B",
        " --> ",
        "-->|é|",
        "->>",
        "-->>+",
        ": é",
        "[é]",
        "[\"é",
        "{",
        "}",
        "((",
        "))",
        "\n",
        "\n",
        "\n",
        "subgraph ",
        "end",
        "state ",
        "[*]",
        "--",
        "note right of A",
        "Note over A,B: é",
        "class ",
        "<|--",
        "\"1\"",
        "||--o{",
        "loop é",
        "else",
        "alt",
        "~",
        "%%",
        "accDescr {",
        "accTitle: é",
        "---",
        "@{ shape: cyl }",
        ":::",
        "&",
        ";",
        "<br>",
        "participant ",
        " as ",
        "activate A",
        "namespace ",
        "<<fork>>",
        "direction LR",
        "autonumber",
        "box é",
        "create participant C",
        "destroy C",
        "負荷",
        "\t",
        "x".repeat(40).leak(),
    ];
    let piece = proptest::sample::select(pieces.to_vec());
    (proptest::sample::select(kinds.to_vec()), proptest::collection::vec(piece, 0..40))
        .prop_map(|(kind, pieces)| format!("{kind}\n{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_flowchart_has_boxes_that_overlap(text in flowcharts()) {
        let answer = diagram(&text);
        let drawing = answer.drawing.as_ref();
        prop_assert!(drawing.is_some(), "{text}\n{:?}", answer.problems);
        prop_assert!(drawing.and_then(fault).is_none(), "{text}\n{:?}", drawing.and_then(fault));
        prop_assert!(diagram(&text).drawing == answer.drawing, "drawn twice, drawn differently: {text}");
    }

    #[test]
    fn any_text_is_answered(text in scraps()) {
        let answer = diagram(&text);
        prop_assert!(answer.drawing.is_some() || !answer.problems.is_empty(), "{text}");
        prop_assert!(answer.drawing.as_ref().and_then(fault).is_none(), "{text}");
        for problem in &answer.problems {
            prop_assert!(text.get(problem.range.clone()).is_some(), "{text}: {problem:?}");
            prop_assert!(!problem.message.contains("failed"), "{text}");
        }
    }
}
