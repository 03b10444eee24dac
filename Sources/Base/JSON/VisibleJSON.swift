import Domain

extension JSONText {
    /// JSON with every character that is not to be obeyed as JSON's own escape, which means the same: outside of
    /// strings there is none.
    public static func visible(_ json: String) -> String {
        if json.unicodeScalars.allSatisfy(\.isPlain) { return json }
        var shown = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            // Between the values of a JSON text these three may stand.
            if scalar.isShown || scalar == "\n" || scalar == "\r" || scalar == "\t" {
                shown.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? .init() {
                let digits = String(unit, radix: 16)
                shown.append(contentsOf: "\\u".unicodeScalars)
                shown.append(contentsOf: (String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
            }
        }
        return String(shown)
    }
}
