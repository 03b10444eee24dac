import Domain

extension JSONText {
    /// Returns JSON in which every character that must not reach a terminal is a JSON escape. The meaning is the same:
    /// such characters occur only in strings.
    public static func visible(_ json: String) -> String {
        if json.unicodeScalars.allSatisfy(\.isPlain) { return json }
        var shown = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            // These three may stand between the values of a JSON text.
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
