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
        // A small m is no mega: what a display calls mWh is a thousandth.
        if let code = spellings[plain] {
            let isMilli = code.hasPrefix("M") && text.hasPrefix("m") && !text.hasPrefix("meg")
            return isMilli ? nil : code
        }
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let above = code(ofPart: parts[0]), let below = code(ofPart: parts[1]) else {
            return nil
        }
        return Unit("\(above)/\(below)").map { $0.code }
    }

    private static func code(ofPart part: String) -> String? {
        if let code = spellings[part] { return code.hasPrefix("M") ? nil : code }
        let codes = allCodes.filter { $0.lowercased() == part }
        return codes.count == 1 ? codes[0] : nil
    }

    /// The unit whose code or spelling is nearest to an unknown word, by a function that finds the nearest of many.
    public static func nearest(to text: String, by nearest: (String, [String]) -> String?) -> Unit? {
        if let code = nearest(text, allCodes) { return Unit(code) }
        return nearest(plain(text), spellings.keys.sorted()).flatMap { spellings[$0] }.flatMap { Unit($0) }
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

    private static let openInCapitals: Set<String> = [
        "S", "MV", "MA", "ML", "MS", "MS/CM", "MS/M", "MPA", "MAH", "MOHM",
    ]

    /// What most who write it mean, though others mean something else.
    private static let likely = [
        "gal": "[gal_us]", "gallon": "[gal_us]", "gallons": "[gal_us]", "gpm": "[gal_us]/min",
        "gal/min": "[gal_us]/min",
        "mpa": "MPa", "mj": "MJ", "ml": "mL", "ma": "mA", "ms": "ms", "ms/cm": "mS/cm", "ms/m": "mS/m", "mw": "MW",
        "mwh": "MW.h", "mva": "MV.A", "mvar": "MV.A{reactive}", "mvah": "MV.A.h", "mvarh": "MV.A.h{reactive}",
        "mohm": "MOhm", "mhz": "MHz", "kn": "[kn_i]", "kt": "[kn_i]", "mah": "mA.h",
        "kcal": "kcal_IT", "mcal": "Mcal_IT", "gcal": "Gcal_IT",
        "rh": "%", "pulse": "{count}", "pulses": "{count}", "l/m": "L/min", "ftu": "[FNU]",
    ]

    /// Small letters to the code; each means one unit only.
    private static let spellings: [String: String] = {
        let lists: [(String, [String])] = [
            ("kg", ["kg", "kgs", "kilo", "kilogram", "kilograms"]), ("g", ["g", "gr", "gram", "grams"]),
            ("mg", ["mg", "milligram", "miligram"]), ("t", ["t", "ton", "tonne", "tonnes"]),
            ("[lb_av]", ["lb", "lbs", "pound", "pounds"]),
            ("kg/h", ["kgh", "kg/h"]), ("m2", ["m2", "sqm", "meter persegi"]), ("hL", ["hl"]),
            ("ML/d", ["mld"]), ("mL/min", ["ml/min", "ml/mnt", "ml/menit", "cc/min"]),
            ("m3", ["m3", "cbm", "cum", "kubik", "meter kubik", "cubic meter", "cubic meters", "cubic metres", "kl"]),
            ("L", ["l", "lt", "ltr", "liter", "liters", "litre", "litres"]), ("mL", ["ml", "cc", "cm3", "mililiter"]),
            ("[gal_us]", ["us gal", "usgal", "gal us"]), ("[gal_us]/min", ["usgpm", "us gpm", "us gal/min"]),
            ("m3/h", ["cmh", "m3h", "cbm/h", "m3/hr"]), ("L/min", ["lpm"]), ("L/s", ["lps"]), ("L/h", ["lph"]),
            ("m3/d", ["cmd"]), ("m", ["meter", "metre", "meters", "metres", "mtr"]),
            ("cm", ["cm", "centimeter", "sentimeter"]), ("mm", ["mm", "milimeter", "millimeter"]),
            ("um", ["um", "micron", "mikron"]), ("[in_i]", ["in", "inch", "inches", "inci"]),
            ("[ft_i]", ["ft", "feet", "foot", "kaki"]), ("[mi_i]/h", ["mph"]), ("[kn_i]", ["knot", "knots"]),
            ("m/s2", ["m/s2", "m/s/s"]),
            ("km", ["km", "kilometer"]), ("km/h", ["kmh", "kph", "kmph"]), ("m/s", ["mps"]),
            ("uS/cm", ["us/cm", "umho/cm", "umhos/cm"]), ("mS/cm", ["ms/cm"]), ("mS/m", ["ms/m"]),
            ("mg/L", ["mg/l", "mg/lt", "mg/liter", "mg/litre"]), ("ug/L", ["ug/l", "ug/liter"]),
            ("g/L", ["g/l", "g/liter"]), ("mmol/L", ["mmol/l"]), ("ug/m3", ["ug/m3"]), ("mg/m3", ["mg/m3"]),
            ("%", ["%", "persen", "percent", "pct", "% rh", "%rh", "rh%"]), ("[ppm]", ["ppm"]), ("[ppb]", ["ppb"]),
            ("[ppth]", ["ppt", "ppth", "‰", "o/oo", "permil", "promil"]), ("g/cm3", ["g/cm3", "g/cc", "g/ml"]),
            ("g/m3", ["g/m3"]), ("kg/m3", ["kg/m3", "kg/cbm"]), ("umol/L", ["umol/l"]),
            ("Cel", ["c", "°c", "° c", "oc", "degc", "deg c", "celsius", "celcius", "derajat celsius", "cel"]),
            ("[degF]", ["f", "°f", "° f", "degf", "deg f", "fahrenheit"]), ("K", ["kelvin"]),
            ("[pH]", ["ph"]), ("[NTU]", ["ntu"]), ("[FNU]", ["fnu"]),
            ("{vehicles}", ["vehicle", "vehicles", "veh", "kendaraan", "kend", "kendaraan bermotor"]),
            ("{smp}", ["smp", "pcu"]), ("{persons}", ["person", "persons", "people", "orang", "jiwa"]),
            ("{deposits}", ["deposit", "deposits", "setoran"]), ("{count}", ["count", "counts", "kali", "pcs"]),
            ("s", ["s", "sec", "secs", "second", "seconds", "detik", "det", "dtk"]), ("ms", ["msec", "milidetik"]),
            ("us", ["us", "usec", "mikrodetik"]),
            ("min", ["min", "mins", "minute", "minutes", "menit", "mnt"]),
            ("h", ["h", "hr", "hrs", "hour", "hours", "jam"]), ("d", ["d", "day", "days", "hari"]),
            ("Hz", ["hz", "hertz"]), ("kHz", ["khz"]), ("MHz", ["mhz"]),
            ("1/min", ["rpm", "[rpm]", "{rpm}", "r/min", "rev/min", "put/menit", "putaran/menit", "u/min", "min-1"]),
            ("V", ["v", "volt", "volts"]), ("mV", ["mv", "millivolt", "milivolt"]), ("kV", ["kv"]),
            ("A", ["a", "amp", "amps", "ampere", "amperes"]), ("mA", ["ma", "milliampere", "miliampere"]),
            ("kA", ["ka"]), ("uA", ["ua"]), ("uV", ["uv"]), ("A.h", ["ah"]),
            ("Ohm", ["ohm", "ohms", "ω"]), ("kOhm", ["kohm", "kω"]), ("MOhm", ["mohm", "mω", "megohm"]),
            ("MOhm.cm", ["mohm.cm", "mω.cm", "mohm cm", "mω cm"]),
            ("W", ["w", "watt", "watts"]), ("kW", ["kw", "kilowatt"]), ("MW", ["megawatt"]), ("GW", ["gw"]),
            ("V.A", ["va", "volt ampere"]), ("kV.A", ["kva"]), ("MV.A", ["mva"]),
            ("V.A{reactive}", ["var"]), ("kV.A{reactive}", ["kvar"]), ("MV.A{reactive}", ["mvar"]),
            ("W.h", ["wh"]), ("kW.h", ["kwh", "kw h"]), ("MW.h", ["mwh"]), ("GW.h", ["gwh"]),
            ("V.A.h", ["vah"]), ("kV.A.h", ["kvah"]), ("MV.A.h", ["mvah"]), ("V.A.h{reactive}", ["varh", "var.h"]),
            ("kV.A.h{reactive}", ["kvarh", "kvar.h"]), ("MV.A.h{reactive}", ["mvarh"]), ("J", ["j", "joule"]),
            ("kJ", ["kj"]),
            ("GJ", ["gj"]),
            ("Pa", ["pa", "pascal"]), ("hPa", ["hpa"]), ("kPa", ["kpa"]), ("mbar", ["mbar"]), ("bar", ["bar"]),
            ("mm[Hg]", ["mmhg"]), ("m[H2O]", ["mh2o", "mwc", "mka", "mh₂o"]), ("[psi]", ["psi"]),
            ("cm[H2O]", ["cmh2o", "cmh₂o"]), ("mm[H2O]", ["mmh2o", "mmh₂o", "mmwc", "mmka"]),
            ("[in_i'H2O]", ["inh2o", "inwc"]), ("[in_i'Hg]", ["inhg"]),
            ("kgf/cm2", ["kgf/cm2", "kg/cm2"]), ("N", ["newton"]),
            ("W/m2", ["w/m2"]), ("kW/m2", ["kw/m2"]), ("W.h/m2", ["wh/m2"]), ("kW.h/m2", ["kwh/m2"]),
            ("MJ/m2", ["mj/m2"]), ("umol/m2/s", ["umol/m2/s", "umol/m2s", "umol/(m2.s)", "umol m-2 s-1"]),
            ("uSv/h", ["usv/h", "usv/jam"]), ("Bq/m3", ["bq/m3"]),
            ("lx", ["lux", "lx"]), ("klx", ["klux", "klx"]), ("deg", ["°", "degree", "degrees", "derajat"]),
            ("dB", ["db"]), ("dB{mW}", ["dbm"]), ("dB[SPL]{A}", ["dba", "db(a)", "db a"]),
        ]
        return Dictionary(lists.flatMap { code, words in words.map { ($0, code) } }) { first, _ in first }
    }()
}
