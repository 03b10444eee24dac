extension DocumentNode {
    /// The word with which a blank begins: a value that somebody who knows still has to write.
    public static let blankMark = "TODO"

    /// Reports a value that is still a blank, and says so instead of what else is wrong with it.
    ///
    /// - Parameter choice: what may stand there; nil where the blank says it itself.
    public func failBlank(_ text: String, _ choice: Message? = nil) -> Bool {
        guard let words = Self.blank(text) else { return false }
        let rest: Message = words.isEmpty ? choice ?? "a value" : Message(verbatim: words)
        fail("is still a blank; write \(rest)")
        return true
    }

    /// What a blank says after its mark; nil for any other text.
    private static func blank(_ text: String) -> String? {
        guard text == blankMark || text.hasPrefix(blankMark + " ") else { return nil }
        return String(text.dropFirst(blankMark.count).drop { $0 == " " })
    }

    /// Text that is not empty. A blank in it does not stop a gateway, as every text was good before: a check refuses
    /// it.
    public func textOrBlank() -> String? {
        guard let text = string() else { return nil }
        if let words = Self.blank(text) {
            let rest: Message = words.isEmpty ? "a value" : Message(verbatim: words)
            failCheck("is still a blank; write \(rest)")
        }
        return text
    }
}
