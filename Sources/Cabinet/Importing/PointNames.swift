import Profiles

/// Names of points made from a table's texts: letters a to z, digits and underscores, each name once.
struct PointNames {
    private var taken: Set<String> = []

    /// - Parameter otherwise: where the text has no letter that can be written so, such as `register_40001`.
    mutating func name(for text: String, otherwise: String) -> String {
        var name = Self.plain(text)
        if name.isEmpty { name = otherwise }
        if let first = name.first, first.isNumber { name = "p_" + name }
        name = String(name.prefix(Self.longest))
        while name.last == "_" { name.removeLast() }
        if !Identifier.isPointName(name) { name = otherwise }
        if taken.insert(name).inserted { return name }
        for number in 2... {
            let ending = "_\(number)"
            let next = name.prefix(Self.longest - ending.count) + ending
            if taken.insert(String(next)).inserted { return String(next) }
        }
        return name
    }

    private static let longest = 48

    /// The text in small ASCII letters, words joined by underscores; what cannot be written so is left out.
    static func plain(_ text: String) -> String {
        var plain = text.lowercased()
        for (words, english) in chinese { plain = plain.replacing(words, with: " \(english) ") }
        var name = ""
        for letter in plain {
            if letter.isASCII, letter.isLetter || letter.isNumber {
                name.append(letter)
            } else if let written = letters[letter] {
                name += written
            } else if letter.unicodeScalars.count > 1, let first = letter.unicodeScalars.first, first.isASCII,
                first.properties.isAlphabetic
            {
                // A letter and its accent, each a scalar of its own.
                name.append(Character(first))
            } else if name.last != "_", !name.isEmpty {
                name.append("_")
            }
        }
        while name.last == "_" { name.removeLast() }
        return name
    }

    private static let letters: [Character: String] = {
        var letters: [Character: String] = [
            "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "µ": "u", "μ": "u", "°": "deg",
            "²": "2", "³": "3", "%": "percent", "₂": "2", "₃": "3", "φ": "phi", "ω": "ohm", "Ω": "ohm", "Δ": "delta",
            "δ": "delta", "+": "plus", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
            "я": "ya", "ъ": "", "ь": "", "ё": "e",
        ]
        let rows = [
            ("áàâãāă", "a"), ("éèêëēę", "e"), ("íìîïī", "i"), ("óòôõō", "o"), ("úùûū", "u"), ("çćč", "c"), ("ñń", "n"),
            ("śš", "s"), ("źżž", "z"), ("ýÿ", "y"), ("ł", "l"), ("ğ", "g"),
        ]
        for (accented, plain) in rows { for letter in accented { letters[letter] = plain } }
        for (cyrillic, latin) in zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye") {
            letters[cyrillic] = String(latin)
        }
        return letters
    }()

    /// Words of Chinese manuals, the longer before those that they hold.
    private static let chinese: [(String, String)] = [
        ("功率因数", "power factor"), ("瞬时流量", "flow rate"), ("累计流量", "total flow"), ("累积流量", "total flow"),
        ("正累积", "positive total"), ("负累积", "negative total"), ("正向", "forward"), ("反向", "reverse"),
        ("有功功率", "active power"), ("无功功率", "reactive power"), ("视在功率", "apparent power"),
        ("有功", "active"), ("无功", "reactive"), ("视在", "apparent"), ("电能", "energy"), ("电量", "energy"),
        ("电压", "voltage"), ("电流", "current"), ("功率", "power"), ("频率", "frequency"), ("流量", "flow"),
        ("流速", "velocity"), ("温度", "temperature"), ("湿度", "humidity"), ("压力", "pressure"), ("液位", "level"),
        ("水位", "level"), ("累计", "total"), ("累积", "total"), ("瞬时", "instant"), ("净重", "net weight"),
        ("毛重", "gross weight"), ("皮重", "tare"), ("重量", "weight"), ("速度", "speed"), ("风速", "wind speed"),
        ("风向", "wind direction"), ("雨量", "rainfall"), ("光照", "illuminance"), ("电导率", "conductivity"),
        ("浊度", "turbidity"), ("溶解氧", "dissolved oxygen"), ("余氯", "chlorine"), ("状态", "status"), ("报警", "alarm"),
        ("故障", "fault"), ("地址", "address"), ("波特率", "baud rate"), ("版本", "version"), ("序列号", "serial number"),
        ("信号", "signal"), ("强度", "strength"), ("质量", "quality"), ("电池", "battery"), ("总", "total"), ("相", " phase"),
        ("小数位", "decimals"), ("单位", "unit"), ("零点", "zero"), ("量程", "span"), ("氧", "oxygen"),
    ]
}
