/// Text from devices, brokers, files and people in a form that is safe to show.
///
/// A terminal executes control characters, and characters without a picture make text look like another text. Both
/// appear as `\u{1B}`, with the scalar's number in hexadecimal. To keep this unambiguous, a backslash that begins such
/// a form in the text itself appears as `\u{5C}`. Letters of every script stay as they are.
extension String {
    public var visible: String {
        if unicodeScalars.allSatisfy({ $0.isPlain }) { return self }
        var shown = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let isForm = scalar == "\\" && rest.starts(with: ["u", "{"])
            if isForm || !scalar.isShown {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// How many columns of a terminal it takes.
    public var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }
}

extension Unicode.Scalar {
    /// ASCII that is always shown as it is; most texts consist of it.
    package var isPlain: Bool { (0x20..<0x7F).contains(value) && self != "\\" }

    /// Whether it has a picture or is a space, and controls nothing.
    package var isShown: Bool {
        if isASCII { return (0x20..<0x7F).contains(value) }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return !properties.isDefaultIgnorableCodePoint
        }
    }

    /// The width that wcwidth(3) gives, in any locale.
    fileprivate var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// Scripts and signs two columns wide (Unicode's East Asian Width W and F), by blocks.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
