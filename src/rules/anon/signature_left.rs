use crate::finding::{Finding, Severity};
use crate::paper::{Holder, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{Said, alike, settled, shortened};

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
    let entries = &case.paper.unshown.entries;
    let of_form = |t: &&UnshownEntry| matches!(t.holder, Holder::Signature | Holder::FormField);
    let said: Vec<Said<'_>> = entries
        .iter()
        .filter(of_form)
        .map(|entry| Said { words: shortened(&entry.text), entry, severity: None })
        .collect();
    let message = |entry: &UnshownEntry| match entry.holder {
        Holder::Signature => "the PDF is signed; a submission names nobody".to_owned(),
        _ => "a form field was filled in; a submission has none".to_owned(),
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn a_signature_and_a_filled_field_are_found() {
        Trial::of(&SIGNATURE_LEFT)
            .passes(&paper_with(|_| ()))
            .fails(&with_entries(&[(Holder::Signature, "Name", "Melanie Velm")]))
            .fails(&with_entries(&[(Holder::FormField, "reviewer", "approved")]))
            .undetermined(&Paper::default());
    }

    #[test]
    fn where_authors_are_named_they_may_sign() {
        Trial::of(&SIGNATURE_LEFT).profile(|p| p.anonymity = None).not_applicable(&with_entries(&[(
            Holder::Signature,
            "Name",
            "Melanie Velm",
        )]));
    }
}
