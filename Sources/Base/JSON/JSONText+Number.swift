extension JSONText {
    /// Appends the shortest digits that are this double; null for what is not finite.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        // Most numbers of a chart are whole, or repeat: without their ".0" they are shorter.
        if let whole = Int32(exactly: value), !(value.sign == .minus && whole == 0) { return raw(String(whole)) }
        raw(value.description)
    }
}
