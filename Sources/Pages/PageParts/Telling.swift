package import Control
package import Domain
import Platform
package import Speech

/// How a page is told: in which language, and with the numbers, units and times as that language writes them.
package struct Telling: Hashable, Sendable {
    package var language: Language
    /// Whether the reader chose the language, so that links keep it.
    package var isChosen: Bool

    package init(_ language: Language, isChosen: Bool = false) {
        self.language = language
        self.isChosen = isChosen
    }

    package func text(_ phrase: some Phrase, _ blanks: String...) -> String {
        Sentence(phrase, arguments: blanks).text(in: language)
    }

    package func text(_ sentence: Sentence) -> String { sentence.text(in: language) }

    package func name(_ city: CityName) -> String { language == .id ? city.indonesian : city.english }

    /// A path of these pages, with the language where it was chosen.
    package func link(_ path: String) -> String {
        guard isChosen else { return path }
        return path + (path.contains("?") ? "&" : "?") + "lang=" + language.rawValue
    }

    // MARK: Numbers

    /// Digits with the signs of the language: `1.204,5` and `1,204.5`.
    ///
    /// - Parameter digits: with a point for the decimal sign and no other sign; any other text stays as it is.
    package func number(_ digits: String) -> String {
        let unsigned = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
        let whole = unsigned.prefix { $0.isASCII && $0.isNumber }
        let rest = unsigned.dropFirst(whole.count)
        guard !whole.isEmpty, rest.isEmpty || rest.first == ".", rest.dropFirst().allSatisfy(\.isNumber) else {
            return digits
        }
        let (group, point) = language == .id ? (".", ",") : (",", ".")
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += group }
            grouped.append(digit)
        }
        return (digits.hasPrefix("-") ? "−" : "") + grouped + (rest.isEmpty ? "" : point + rest.dropFirst())
    }

    package func number(_ value: some BinaryInteger) -> String { number("\(value)") }

    /// With the digits that a person needs: three decimals, or two digits of a smaller number.
    package func number(_ value: Double) -> String {
        DecimalNumber(value, significantDigits: 15).map { number($0.shown.description) } ?? "\(value)"
    }

    package func value(_ value: StatusValue) -> String {
        switch value {
        case .bool(let truth): text(truth ? PagePhrase.yes : .no)
        case .string(let text): text
        case .integer, .unsigned: number("\(value)")
        case .number(let number): self.number(number)
        }
    }

    /// A number's digits, or a word, as figures carry it.
    package func value(digits: String) -> String {
        DecimalNumber(digits).map { number($0.shown.description) } ?? digits
    }

    /// A payload's word of quality, with what its reason means.
    package func quality(_ word: String, _ reason: String?) -> String {
        if reason == DoubtWordPhrase.noData.rawValue { return text(DoubtWordPhrase.noData) }
        let quality = QualityPhrase(rawValue: word).map { text($0) } ?? word
        return quality + (reason.map { ": " + DoubtWordPhrase.meaning($0, in: language) } ?? "")
    }

    package func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.down))) %" }

    /// `m3/h` as people write it; empty for a ratio.
    package func unit(_ code: String?) -> String {
        guard let code, code != "1" else { return "" }
        if code == "{smp}/h" { return text(PagePhrase.carUnits) }
        if code == "{vehicles}" { return text(PagePhrase.vehicles) }
        // What UCUM has in braces is a plain word.
        return Self.units[code] ?? code.filter { $0 != "{" && $0 != "}" }
    }

    private static let units = [
        "m3": "m³", "m3/h": "m³/h", "m3/s": "m³/s", "m3/min": "m³/min", "m3/d": "m³/d", "Cel": "°C", "[pH]": "pH",
        "[NTU]": "NTU", "[FNU]": "FNU", "uS/cm": "µS/cm", "ug/L": "µg/L", "ug/m3": "µg/m³", "um": "µm", "m2": "m²",
        "cm2": "cm²", "[ppm]": "ppm", "[ppb]": "ppb", "deg": "°",
        "kg/m3": "kg/m³", "mg/m3": "mg/m³", "g/m3": "g/m³", "m/s2": "m/s²",
    ]

    // MARK: Times

    /// `08.14 WIB`.
    package func clock(_ moment: Instant) -> String {
        let time = String(LocalTime.clock(at: moment).prefix(5))
        return (language == .id ? time.replacing(":", with: ".") : time) + " " + LocalTime.zone(at: moment)
    }

    /// The time alone on the same day, else day and time: `08.14 WIB`, `27 Nov 08.14 WIB`.
    package func moment(_ moment: Instant, now: Instant) -> String {
        date(moment) == date(now) ? clock(moment) : shortDate(moment) + " " + clock(moment)
    }

    package func moment(_ text: String?, now: Instant) -> String {
        guard let text, let moment = Instant(iso8601: text) else { return "–" }
        return self.moment(moment, now: now)
    }

    /// `27 Nov`.
    package func shortDate(_ moment: Instant) -> String {
        let date = civil(moment)
        return "\(date.day) " + months[date.month - 1]
    }

    /// `27 Nov 2026`.
    package func date(_ moment: Instant) -> String { shortDate(moment) + " \(civil(moment).year)" }

    /// `Jumat 27 Nov 2026`.
    package func longDate(_ moment: Instant) -> String {
        let days = (moment + .seconds(LocalTime.offset(at: moment))).millisecondsSince1970
            .flooredDivision(by: 86_400_000).quotient
        // 1970-01-01 was a Thursday.
        let weekday = Int((days + 4).flooredDivision(by: 7).remainder)
        return weekdays[weekday] + " " + date(moment)
    }

    private var months: [Substring] {
        (language == .id
            ? "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des" : "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
            .split(separator: " ")
    }

    private var weekdays: [Substring] {
        (language == .id
            ? "Minggu Senin Selasa Rabu Kamis Jumat Sabtu" : "Sunday Monday Tuesday Wednesday Thursday Friday Saturday")
            .split(separator: " ")
    }

    private func civil(_ moment: Instant) -> (year: Int, month: Int, day: Int) {
        let text = (moment + .seconds(LocalTime.offset(at: moment))).description
        func number(_ from: Int, _ count: Int) -> Int { Int(text.dropFirst(from).prefix(count)) ?? 0 }
        return (number(0, 4), max(1, number(5, 2)), number(8, 2))
    }

    /// `0,4 s`, `12 min`, `3 jam`.
    package func age(milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<10_000: number("\(max(0, milliseconds) / 1_000).\(max(0, milliseconds) / 100 % 10)") + " s"
        case ..<120_000: "\(milliseconds / 1_000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        case ..<172_800_000: "\(milliseconds / 3_600_000) " + text(PagePhrase.hours)
        default: "\(milliseconds / 86_400_000) " + text(PagePhrase.days)
        }
    }

    package func bytes(_ count: Int64) -> String { ByteCount.text(count, in: language) }
}

extension DecimalNumber {
    /// Three decimals at most, or two digits of a smaller number.
    fileprivate var shown: DecimalNumber {
        guard Int(exponent) < -3 else { return self }
        return rounded(toSignificantDigits: max(2, String(magnitude).count + Int(exponent) + 3))
    }
}
