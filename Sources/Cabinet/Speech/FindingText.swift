package import Diagnosing

/// A finding as lines of text for a person: what was seen, and the next check.
package enum FindingText {
    package static func lines(_ finding: Finding, style: TextStyle) -> [StyledText] {
        let word = finding.diagnosis.map { $0.rawValue + ": " } ?? ""
        let seen = StyledText.wrapped("\(word)\(style.text(finding.seen))", to: style.columns)
        let next = style.text(ProbePhrase.next) + " " + style.text(finding.next)
        return seen.map(style.red) + StyledText.wrapped(next, to: style.columns)
    }
}
