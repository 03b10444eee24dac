import Control
import Domain
import PageParts
import Platform
import Speech
import Testing

/// The zone belongs to the process, and every test of it uses the same.
@Suite struct `Numbers and times in a page` {
    private let id = Telling(.id)
    private let en = Telling(.en)

    init() { LocalTime.setZone("Asia/Jakarta") }

    @Test(arguments: [
        ("1204.5", "1.204,5", "1,204.5"), ("0", "0", "0"), ("999", "999", "999"), ("1000000", "1.000.000", "1,000,000"),
        ("-1234.25", "−1.234,25", "−1,234.25"), ("A", "A", "A"), ("", "", ""), ("1e5", "1e5", "1e5"),
    ])
    func `have the signs of their language`(_ digits: String, _ indonesian: String, _ english: String) {
        #expect(id.number(digits) == indonesian)
        #expect(en.number(digits) == english)
    }

    @Test func `keep the digits that count, and no more than three decimals`() {
        #expect(id.value(.number(12.43)) == "12,43")
        #expect(id.value(.number(1_479.479_97)) == "1.479,48")
        #expect(id.value(.number(0.000_123_45)) == "0,00012")
        #expect(id.value(.unsigned(18_446_744_073_709_551_615)) == "18.446.744.073.709.551.615")
        #expect(id.value(.string("1.5")) == "1.5")
    }

    @Test func `are those of the place's clocks`() {
        // 2026-11-27 01:14 UTC is 08.14 in Kediri, on a Friday.
        let moment = needed(Instant(iso8601: "2026-11-27T01:14:30Z"))
        #expect(id.clock(moment) == "08.14 WIB")
        #expect(en.clock(moment) == "08:14 WIB")
        #expect(id.longDate(moment) == "Jumat 27 Nov 2026")
        #expect(en.longDate(moment) == "Friday 27 Nov 2026")
        let evening = needed(Instant(iso8601: "2026-11-26T17:30:00Z"))
        #expect(id.moment(evening, now: moment) == "00.30 WIB")
        #expect(id.moment(needed(Instant(iso8601: "2026-11-26T16:30:00Z")), now: moment) == "26 Nov 23.30 WIB")
        #expect(id.moment("nonsense", now: moment) == "–")
    }

    @Test(arguments: [
        (0, "0,0 s"), (1_249, "1,2 s"), (59_000, "59 s"), (120_000, "2 min"), (7_200_000, "2 jam"),
        (200_000_000, "2 hari"), (-5, "0,0 s"),
    ])
    func `say an age in the unit that fits it`(_ milliseconds: Int64, _ words: String) {
        #expect(id.age(milliseconds: milliseconds) == words)
    }

    @Test func `have units as people write them`() {
        #expect(id.unit("m3/h") == "m³/h")
        #expect(id.unit("1") == "" && id.unit(nil) == "")
        #expect(id.unit("{smp}/h") == "smp/jam" && en.unit("{smp}/h") == "pcu/h" && id.unit("{persons}") == "persons")
    }

    @Test func `keep the language in links only where the reader chose it`() {
        #expect(id.link("/kota") == "/kota")
        #expect(Telling(.en, isChosen: true).link("/kota?window=day") == "/kota?window=day&lang=en")
    }

    private func needed<Made>(_ made: Made?) -> Made {
        guard let made else { preconditionFailure("a time that exists") }
        return made
    }
}
