/// How people and displays write units: `°C`, `m³/h`, `lpm`, `Liter`, `kendaraan/jam`.
extension Unit {
    /// The unit that a display shows or a person writes: a code, or a spelling that means one unit only. Nil for all
    /// others; `gal` is one unit in America and another in Britain.
    public init?(spelled text: String) {
        if let unit = Unit(text) {
            self = unit
            return
        }
        guard let code = Self.code(spelled: text) else { return nil }
        self.init(code)
    }

    /// The unit that a spelling most likely means, for a message that proposes it.
    public static func suggestion(for text: String) -> Unit? {
        Unit(spelled: text) ?? likely[Self.plain(text)].flatMap { Unit($0) }
    }

    private static func code(spelled text: String) -> String? {
        let plain = Self.plain(text)
        // Capital letters alone leave it open whether M is milli or mega.
        if openInCapitals.contains(text) { return nil }
        if let code = spellings[plain] { return code }
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let above = code(ofPart: parts[0]), let below = code(ofPart: parts[1]) else {
            return nil
        }
        return Unit("\(above)/\(below)").map { $0.code }
    }

    private static func code(ofPart part: String) -> String? {
        if let code = spellings[part] { return code }
        return allCodes.first { $0.lowercased() == part } ?? (["cm", "m", "m2", "m3"].contains(part) ? part : nil)
    }

    /// In small letters, with plain digits, `u` for micro, `/` for per, and without spaces at the ends and around `/`.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for letter in text {
            switch letter {
            case "³": plain += "3"
            case "²": plain += "2"
            case "µ", "μ": plain += "u"
            case "℃": plain += "°c"
            case "℉": plain += "°f"
            case "^": break
            default: plain += letter.lowercased()
            }
        }
        let words = plain.replacing(" per ", with: "/").replacing("·", with: ".")
            .split(separator: "/", omittingEmptySubsequences: false)
        return words.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "/")
    }

    private static let openInCapitals: Set<String> = ["S", "MV", "MA", "ML", "MS", "MS/CM", "MS/M", "MPA", "MJ", "MW"]

    /// What most who write it mean, though others mean something else.
    private static let likely = [
        "gal": "[gal_us]", "gallon": "[gal_us]", "gallons": "[gal_us]", "gpm": "[gal_us]/min",
        "gal/min": "[gal_us]/min",
        "mpa": "MPa", "mj": "MJ", "ml": "mL", "ma": "mA", "ms": "ms", "ms/cm": "mS/cm", "ms/m": "mS/m",
        "rh": "%", "pulse": "{count}", "pulses": "{count}", "l/m": "L/min", "ftu": "[FNU]",
    ]

    /// Small letters to the code; each means one unit only.
    private static let spellings: [String: String] = {
        let lists: [(String, [String])] = [
            ("kg", ["kg", "kgs", "kilo", "kilogram", "kilograms"]), ("g", ["g", "gr", "gram", "grams"]),
            ("mg", ["mg", "milligram", "miligram"]), ("t", ["t", "ton", "tonne", "tonnes"]),
            ("[lb_av]", ["lb", "lbs", "pound", "pounds"]),
            ("m3", ["m3", "cbm", "cum", "kubik", "meter kubik", "cubic meter", "cubic meters", "cubic metres", "kl"]),
            ("L", ["l", "lt", "ltr", "liter", "liters", "litre", "litres"]), ("mL", ["ml", "cc", "cm3", "mililiter"]),
            ("[gal_us]", ["us gal", "usgal", "gal us"]), ("[gal_us]/min", ["usgpm", "us gpm", "us gal/min"]),
            ("m3/h", ["cmh", "m3h", "cbm/h"]), ("L/min", ["lpm"]), ("L/s", ["lps"]), ("L/h", ["lph"]),
            ("m3/d", ["cmd"]), ("m", ["meter", "metre", "meters", "metres", "mtr"]),
            ("cm", ["cm", "centimeter", "sentimeter"]), ("mm", ["mm", "milimeter", "millimeter"]),
            ("km", ["km", "kilometer"]), ("km/h", ["kmh", "kph", "kmph"]), ("m/s", ["mps"]),
            ("uS/cm", ["us/cm", "umho/cm", "umhos/cm"]), ("mS/cm", ["ms/cm"]), ("mS/m", ["ms/m"]),
            ("mg/L", ["mg/l", "mg/lt", "mg/liter", "mg/litre"]), ("ug/L", ["ug/l", "ug/liter"]),
            ("g/L", ["g/l", "g/liter"]), ("mmol/L", ["mmol/l"]), ("ug/m3", ["ug/m3"]), ("mg/m3", ["mg/m3"]),
            ("%", ["%", "persen", "percent", "pct", "% rh", "%rh", "rh%"]), ("[ppm]", ["ppm"]), ("[ppb]", ["ppb"]),
            ("Cel", ["c", "°c", "° c", "oc", "degc", "deg c", "celsius", "celcius", "derajat celsius", "cel"]),
            ("[degF]", ["f", "°f", "° f", "degf", "deg f", "fahrenheit"]), ("K", ["kelvin"]),
            ("[pH]", ["ph"]), ("[NTU]", ["ntu"]), ("[FNU]", ["fnu"]),
            ("{vehicles}", ["vehicle", "vehicles", "veh", "kendaraan", "kend", "kendaraan bermotor"]),
            ("{smp}", ["smp", "pcu"]), ("{persons}", ["person", "persons", "people", "orang", "jiwa"]),
            ("{deposits}", ["deposit", "deposits", "setoran"]), ("{count}", ["count", "counts", "kali", "pcs"]),
            ("s", ["s", "sec", "secs", "second", "seconds", "detik", "dtk"]), ("ms", ["msec", "milidetik"]),
            ("min", ["min", "mins", "minute", "minutes", "menit", "mnt"]),
            ("h", ["h", "hr", "hrs", "hour", "hours", "jam"]), ("d", ["d", "day", "days", "hari"]),
            ("Hz", ["hz", "hertz"]), ("kHz", ["khz"]), ("1/min", ["rpm", "r/min", "rev/min", "put/menit"]),
            ("V", ["v", "volt", "volts"]), ("mV", ["mv", "millivolt", "milivolt"]), ("kV", ["kv"]),
            ("A", ["a", "amp", "amps", "ampere", "amperes"]), ("mA", ["ma", "milliampere", "miliampere"]),
            ("Ohm", ["ohm", "ohms", "ω"]), ("kOhm", ["kohm", "kω"]),
            ("W", ["w", "watt", "watts"]), ("kW", ["kw", "kilowatt"]), ("V.A", ["va"]), ("kV.A", ["kva"]),
            ("V.A{reactive}", ["var"]), ("kV.A{reactive}", ["kvar"]), ("W.h", ["wh"]), ("kW.h", ["kwh"]),
            ("V.A.h", ["vah"]), ("kV.A.h", ["kvah"]), ("V.A.h{reactive}", ["varh"]),
            ("kV.A.h{reactive}", ["kvarh"]), ("J", ["j", "joule"]), ("kJ", ["kj"]),
            ("Pa", ["pa", "pascal"]), ("hPa", ["hpa"]), ("kPa", ["kpa"]), ("mbar", ["mbar"]), ("bar", ["bar"]),
            ("mm[Hg]", ["mmhg"]), ("m[H2O]", ["mh2o", "mwc", "mka", "mh₂o"]), ("[psi]", ["psi"]),
            ("W/m2", ["w/m2"]), ("lx", ["lux", "lx"]), ("deg", ["°", "degree", "degrees", "derajat"]),
            ("dB", ["db"]), ("dB{mW}", ["dbm"]),
        ]
        return Dictionary(lists.flatMap { code, words in words.map { ($0, code) } }) { first, _ in first }
    }()
}
