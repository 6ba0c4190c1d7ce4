//! What the generator is told: JSON that its parser must read, SVG that is well-formed.

use crate::walk::Walk;
use demo_kit::abi::{frame_json, manifest_json};

#[test]
fn manifest_as_json() {
    crate::golden("manifest.json", &broken_up(&manifest_json::<Walk>()));
}

#[test]
fn frames_as_json() {
    crate::golden("frame.json", &broken_up(&frame_json::<Walk>("at=2&steps=7", false)));
    crate::golden("outcome.json", &broken_up(&frame_json::<Walk>("at=2", true)));
}

#[test]
fn pictures_are_well_formed() {
    for state in ["", "at=20", "preset=long&at=400"] {
        for outcome in [false, true] {
            let frame = frame_json::<Walk>(state, outcome);
            let mut pictures = 0;
            for part in frame.split("\"svg\":\"").skip(1) {
                let picture = part.split("\",\"empty\"").next().unwrap().replace("\\\"", "\"");
                well_formed(&picture);
                pictures += 1;
            }
            assert_eq!(pictures, 4);
        }
    }
}

/// One line a member, so that a diff can be read.
fn broken_up(json: &str) -> String {
    json.replace(",\"", ",\n\"").replace("},{", "},\n{") + "\n"
}

/// Every element is closed, every attribute quoted, every `<` and `&` escaped.
fn well_formed(xml: &str) {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        text(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name.to_owned())),
            None => {
                let name = tag.split(' ').next().unwrap().trim_end_matches('/');
                attributes(&tag.trim_end_matches('/')[name.len()..]);
                if !tag.ends_with('/') {
                    open.push(name.to_owned());
                }
            }
        }
        rest = &rest[end + 1..];
    }
    text(rest);
    assert_eq!(open, Vec::<String>::new(), "{xml}");
}

fn attributes(text_of_tag: &str) {
    let parts: Vec<&str> = text_of_tag.split('"').collect();
    assert_eq!(parts.len() % 2, 1, "quotes in {text_of_tag}");
    for pair in parts.chunks(2).filter(|pair| pair.len() == 2) {
        let name = pair[0].trim_start().strip_suffix('=').expect("a name before a quote");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || b"Bx-".contains(&byte)), "{name}");
        assert!(!["style", "id", "fill", "stroke"].contains(&name), "{name} belongs elsewhere");
        text(pair[1]);
    }
}

fn text(content: &str) {
    assert!(!content.contains(['<', '>']), "{content}");
    for entity in content.split('&').skip(1) {
        let name = entity.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&name), "{content}");
    }
}
