package import Domain

extension Language {
    package func word(_ label: Label) -> String { self == .id ? label.id : label.en }

    /// What people call a point: its label, or its name.
    package func title(_ name: String, _ label: Label?) -> String { label.map(word) ?? name }

    /// The label with the name that commands take; the name alone where both are the same.
    package func fullTitle(_ name: String, _ label: Label?) -> String {
        guard let label, word(label) != name else { return name }
        return "\(word(label)) (\(name))"
    }

    /// Words behind a value: ` (idle)`; empty without any.
    package func meanings(_ labels: [Label]) -> String {
        labels.isEmpty ? "" : " (\(labels.map(word).joined(separator: ", ")))"
    }
}
