use crate::finding::{Finding, Severity};
use crate::paper::{Holder, Trace};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::trace::{Said, alike, settled, shortened};

rule! {
    /// ## What it checks
    /// The PDF holds no digital signature and no form field that was filled in.
    ///
    /// ## Why it matters
    /// A signature is made to prove who signed: it carries a name, and a certificate that names its owner.
    ///
    /// ## What to do
    /// Hand in the PDF as it was before it was signed, or build it anew.
    ///
    /// ## Source
    /// ISO 32000-2 §12.8, digital signatures, and §12.7.5, field types.
    pub static SIGNATURE_LEFT: Rule = {
        code: "ANON016",
        name: "signature-left",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: nothing_is_signed,
    }
}

fn nothing_is_signed(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let traces = &case.paper.unseen.traces;
    let of_form = |t: &&Trace| matches!(t.holder, Holder::Signature | Holder::FormField);
    let said: Vec<Said<'_>> = traces
        .iter()
        .filter(of_form)
        .map(|trace| Said { words: shortened(&trace.text), trace, severity: None })
        .collect();
    let message = |trace: &Trace| match trace.holder {
        Holder::Signature => "the PDF is signed; a submission names nobody".to_owned(),
        _ => "a form field was filled in; a submission has none".to_owned(),
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, traced};

    #[test]
    fn a_signature_and_a_filled_field_are_found() {
        Trial::of(&SIGNATURE_LEFT)
            .passes(&paper_with(|_| ()))
            .fails(&traced(&[(Holder::Signature, "Name", "Melanie Velm")]))
            .fails(&traced(&[(Holder::FormField, "reviewer", "approved")]))
            .undetermined(&Paper::default());
    }

    #[test]
    fn where_authors_are_named_they_may_sign() {
        Trial::of(&SIGNATURE_LEFT).profile(|p| p.anonymity = None).not_applicable(&traced(&[(
            Holder::Signature,
            "Name",
            "Melanie Velm",
        )]));
    }
}
