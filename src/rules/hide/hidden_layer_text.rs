use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something lies on a layer that is switched off when the file is opened.
    ///
    /// ## Why it matters
    /// A layer that is off is a place for notes among authors and for text that only programs read.
    ///
    /// ## What to do
    /// Delete the layer in the program that made the figure or the paper, instead of switching it off.
    pub static HIDDEN_LAYER_TEXT: Rule = {
        code: "HIDE005",
        name: "hidden-layer-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_layer_is_shown,
    }
}

fn every_layer_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden { by: Cause::Layer, how: "lies on a layer that is off", sentence: Severity::Warning },
    )
}
