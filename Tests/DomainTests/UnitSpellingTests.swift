import Domain
import Testing

@Suite struct `A unit as displays show it` {
    @Test(arguments: [
        ("m³/h", "m3/h"), ("M3/H", "m3/h"), ("m^3/h", "m3/h"), ("m3/jam", "m3/h"), ("m3 / jam", "m3/h"),
        ("°C", "Cel"), ("℃", "Cel"), ("C", "Cel"), ("lpm", "L/min"), ("LPM", "L/min"), ("l/s", "L/s"),
        ("liter/detik", "L/s"), ("l/mnt", "L/min"), ("Liter", "L"), ("NTU", "[NTU]"), ("ph", "[pH]"), ("%", "%"),
        ("ppm", "[ppm]"), ("µS/cm", "uS/cm"), ("μS/cm", "uS/cm"), ("uS/cm", "uS/cm"), ("mg/l", "mg/L"),
        ("kendaraan", "{vehicles}"), ("kendaraan/jam", "{vehicles}/h"), ("kend/jam", "{vehicles}/h"),
        ("smp/jam", "{smp}/h"), ("km/jam", "km/h"), ("kWh", "kW.h"), ("KWH", "kW.h"), ("kVAr", "kV.A{reactive}"),
        ("Ω", "Ohm"), ("W/m²", "W/m2"), ("rpm", "1/min"), ("mm/jam", "mm/h"), ("mmHg", "mm[Hg]"), ("ton", "t"),
        ("µg/m³", "ug/m3"), ("l/det", "L/s"), ("mmH2O", "mm[H2O]"), ("ppt", "[ppth]"), ("MWh", "MW.h"),
        ("kVARh", "kV.A.h{reactive}"),
        ("MVAr", "MV.A{reactive}"), ("Ah", "A.h"), ("GJ", "GJ"), ("kg/cm²", "kgf/cm2"), ("mm/mnt", "mm/min"),
        ("dB(A)", "dB[SPL]{A}"), ("µmol/m²/s", "umol/m2/s"), ("MΩ", "MOhm"), ("mph", "[mi_i]/h"), ("g/m³", "g/m3"),
        ("orang/jam", "{persons}/h"), ("kg/jam", "kg/h"), ("m3/hari", "m3/d"), ("mW", "mW"), ("MW", "MW"),
        ("Pa", "Pa"), ("derajat", "deg"), ("lux", "lx"), ("menit", "min"),
    ])
    func `is understood`(text: String, code: String) {
        #expect(Unit(spelled: text)?.code == code)
    }

    /// A gallon is one unit in America and another in Britain; MV may be mega or milli.
    @Test(arguments: [
        "gal", "gpm", "MV", "MA", "mpa", "l/m", "S", "", "/", "m3/", "furlong", "jam/m3/jam", "pulse", "mWh", "mwh",
        "mw", "MOHM",
        "KN", "Gcal", "Nm3/h",
    ])
    func `is not guessed`(text: String) {
        #expect(Unit(spelled: text) == nil)
    }

    @Test func `is proposed where most mean one unit`() {
        #expect(Unit.suggestion(for: "gpm")?.code == "[gal_us]/min")
        #expect(Unit.suggestion(for: "furlong") == nil)
    }

    @Test(arguments: Unit.allCodes) func `may be its code`(code: String) {
        #expect(Unit(spelled: code)?.code == code)
    }
}
