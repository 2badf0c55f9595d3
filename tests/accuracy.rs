//! The accuracy card: `docs/accuracy.md` is made from the figures in `docs/accuracy.json`.
//!
//! `UPDATE=1 cargo test --test accuracy` writes it anew.
#![expect(clippy::disallowed_methods, reason = "these tests compare files of the repository")]

use serde_json::{Map, Value};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[test]
fn the_accuracy_card_is_fresh() {
    let path = root().join("docs/accuracy.md");
    let made = page(&card());
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, &made).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/accuracy.md is stale: run `UPDATE=1 cargo test --test accuracy`");
}

#[test]
fn every_miss_is_told() {
    let card = card();
    for (set, measured) in object(&card["sets"]) {
        for (figure, score) in object(&measured["scores"]) {
            let (good, all) = counts(score);
            let here = |miss: &&Value| text(&miss["set"]) == set && text(&miss["figure"]) == figure;
            let told = list(&card["misses"]).iter().filter(here).count();
            assert_eq!(told as u64, all - good, "{set}: {figure}");
        }
    }
    let (good, all) = ["corpus", "lines"].iter().fold((0, 0), |sum, set| {
        let (good, all) = counts(&card["certain"][set]["all"]);
        (sum.0 + good, sum.1 + all)
    });
    assert_eq!(list(&card["certain"]["wrong"]).len() as u64, all - good, "certain");
}

#[test]
fn the_producers_add_up_to_the_corpus() {
    let card = card();
    let producers = object(&card["producers"]);
    let papers: Option<u64> = producers.values().map(|p| p["papers"].as_u64()).sum();
    assert_eq!(papers, card["sets"]["corpus"]["files"].as_u64());
    for figure in per_producer(&card) {
        let sum = producers.values().map(|p| counts(&p[figure])).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        assert_eq!(sum, counts(&card["sets"]["corpus"]["scores"][figure]), "{figure}");
    }
}

fn page(card: &Value) -> String {
    let mut out = String::from("<!-- Made from accuracy.json: UPDATE=1 cargo test --test accuracy -->\n\n");
    let _ = writeln!(out, "# How often dlde {} is right\n", text(&card["tool"]));
    out.push_str("Every figure is the share that is right, and of how many.\n");
    bullets(&mut out, "How it was measured", &card["measured"]);
    for (name, set) in object(&card["sets"]) {
        let _ = writeln!(out, "\n## {name}: {} {}\n", set["files"], text(&set["what"]));
        out.push_str("| figure | right | of |\n|---|---|---|\n");
        for (figure, score) in object(&set["scores"]) {
            let _ = writeln!(out, "| {figure} | {} | {} |", share(score, 3), ratio(score));
        }
    }
    let words = &card["words"];
    out.push_str("\n## words: agreement with pdftotext over the corpus\n\n");
    let _ = writeln!(out, "The mean is {}, the lowest {}.", words["mean"], words["lowest"]);
    producers(&mut out, card);
    certain(&mut out, &card["certain"]);
    peers(&mut out, card);
    misses(&mut out, card);
    bullets(&mut out, "Not measured", &card["not_measured"]);
    out
}

fn producers(out: &mut String, card: &Value) {
    let figures = per_producer(card);
    let _ = writeln!(out, "\n## Per producer\n\n| producer | papers | {} |", figures.join(" | "));
    let _ = writeln!(out, "|---|---|{}", "---|".repeat(figures.len()));
    for (name, producer) in object(&card["producers"]) {
        let cells: Vec<String> = figures.iter().map(|figure| ratio(&producer[*figure])).collect();
        let _ = writeln!(out, "| {name} | {} | {} |", producer["papers"], cells.join(" | "));
    }
}

fn certain(out: &mut String, certain: &Value) {
    let wanted = certain["wanted"].as_f64().expect("a share");
    out.push_str("\n## Boundaries called certain\n\nThose that begin on the labelled page. ");
    let _ =
        writeln!(out, "Wanted is {wanted} in each set.\n\n| set | part | right | of |\n|---|---|---|---|");
    for set in ["corpus", "lines"] {
        for (part, score) in object(&certain[set]) {
            let _ = writeln!(out, "| {set} | {part} | {} | {} |", share(score, 4), ratio(score));
        }
    }
    out.push('\n');
    for set in ["corpus", "lines"] {
        let (good, all) = counts(&certain[set]["all"]);
        let verdict = if good as f64 >= wanted * all as f64 { "reached" } else { "**not reached**" };
        let _ = writeln!(out, "- {set}: {verdict}");
    }
    for wrong in list(&certain["wrong"]) {
        let labelled = wrong["labelled"].as_u64().map_or("none".to_owned(), |page| format!("page {page}"));
        let (paper, part) = (text(&wrong["paper"]), text(&wrong["part"]));
        let _ = writeln!(out, "\nWrong: {part} of {paper}: page {}, labelled {labelled}.", wrong["claimed"]);
        let _ = writeln!(out, "{}", text(&wrong["reason"]));
    }
}

fn peers(out: &mut String, card: &Value) {
    let peers = &card["peers"];
    let _ = writeln!(out, "\n## Beside banal\n\n{}\n", text(&peers["said"]));
    out.push_str("| figure | banal | dlde |\n|---|---|---|\n");
    for row in list(&peers["rows"]) {
        let ours = &card["sets"][text(&row["set"])]["scores"][text(&row["figure"])];
        let _ = writeln!(out, "| {} | {} | {} |", text(&row["what"]), text(&row["banal"]), share(ours, 3));
    }
    let _ = writeln!(out, "\n{}", text(&peers["also"]));
}

fn misses(out: &mut String, card: &Value) {
    out.push_str("\n## Known misses\n\n| set | figure | paper | why |\n|---|---|---|---|\n");
    for miss in list(&card["misses"]) {
        let [set, figure, paper, reason] = ["set", "figure", "paper", "reason"].map(|key| text(&miss[key]));
        let _ = writeln!(out, "| {set} | {figure} | {paper} | {reason} |");
    }
}

fn bullets(out: &mut String, heading: &str, sentences: &Value) {
    let _ = writeln!(out, "\n## {heading}\n");
    for sentence in list(sentences) {
        let _ = writeln!(out, "- {}", text(sentence));
    }
}

/// The figures that are given per producer.
fn per_producer(card: &Value) -> Vec<&str> {
    let first = object(&card["producers"]).values().next().expect("a producer");
    object(first).keys().map(String::as_str).filter(|key| *key != "papers").collect()
}

fn share(score: &Value, places: usize) -> String {
    let (good, all) = counts(score);
    if all == 0 { "–".to_owned() } else { format!("{:.places$}", good as f64 / all as f64) }
}

fn ratio(score: &Value) -> String {
    let (good, all) = counts(score);
    if all == 0 { "–".to_owned() } else { format!("{good} / {all}") }
}

/// How many are right, and of how many.
fn counts(score: &Value) -> (u64, u64) {
    let number = |at: usize| score[at].as_u64().expect("a score is [good, all]");
    (number(0), number(1))
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn card() -> Value {
    let kept = std::fs::read_to_string(root().join("docs/accuracy.json")).expect("the figures are there");
    serde_json::from_str(&kept).expect("the figures are JSON")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
