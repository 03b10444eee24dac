import Domain

extension Duration {
    /// As a person reads it: `0.4 ms`, `34 ms`, `1.2 s`, `12 min`.
    package func spoken(in language: Language) -> String {
        let milliseconds = wholeMilliseconds
        if milliseconds < 10, self > .zero {
            return language.number("\(milliseconds).\(wholeNanoseconds / 100_000 % 10)") + " ms"
        }
        if milliseconds < 1_000 { return "\(milliseconds) ms" }
        if milliseconds >= 600_000 { return "\((milliseconds + 59_999) / 60_000) min" }
        return language.number("\(milliseconds / 1_000).\(milliseconds / 100 % 10)") + " s"
    }
}
