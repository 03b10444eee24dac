import Configuration
import Documents
import Domain
@testable import gateway
import Indicators
import Installation
import Profiles
import Speech
import Testing
import TestSupport

@Suite struct `The table of figures` {
    private static let wib = Zone(name: "Asia/Jakarta", hours: 7)

    /// One device with a target of at least 100 a day in 2026 and 1 in 2027.
    private static func engine(name: String = "Volume") throws -> IndicatorEngine {
        let folder = try ScratchFolder()
        try folder.write(
            """
            profile: meter
            name: Test meter
            measures: water
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              volume: { holding: 0, type: uint16, unit: m3, counter: { bits: 16, max_rate: 1 } }
            """,
            to: "meter.yaml"
        )
        let log = ProblemLog()
        let profiles = ProfileCatalogue.load(folders: [(folder.path, true)], log: log)
        let configuration = ConfigurationReader.read(
            text: """
                gateway: box-1
                timezone: Asia/Jakarta
                sites: { pond: { name: Pond } }
                storage: { path: /tmp, limit: 8MB }
                buses: { line: { tcp: 127.0.0.1:502 } }
                devices: { flow: { profile: meter, bus: line, unit: 1, site: pond, interval: 1min } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:1 } }

                """,
            file: "gateway.yaml",
            catalogue: profiles,
            log: log
        )
        let catalogue = IndicatorCatalogue.read(
            text: """
                indicators:
                  water-volume:
                    name: { id: "\(name)", en: Volume }
                    theme: environment
                    dimension: environment
                    unit: m3
                    method: { name: sum, source: the tests }
                    measure: sum
                    from: { increase: volume }
                    windows: day
                    scopes: gateway
                    targets: [{ window: day, at_least: { 2026: 100, 2027: 1 } }]

                """,
            log: log
        )
        let plan = IndicatorPlan(
            catalogue: try #require(catalogue, "\(log.problems)"),
            configuration: try #require(configuration, "\(log.problems)"),
            log: log
        )
        return IndicatorEngine(gateway: "box-1", plan: plan, zone: wib, load: { _ in nil })
    }

    /// At two in the morning in WIB it is still the old year in UTC.
    @Test(arguments: [("2026-12-31T02:00:00+07:00", "open"), ("2027-01-01T02:00:00+07:00", "met")])
    func `measures a day against the target of the local year`(time: String, standing: String) throws {
        var engine = try Self.engine()
        let now = try #require(Instant(iso8601: time))
        var figure = try #require(engine.current(.day, now: now) { $0 == "gateway" }.first)
        // As if five had come, without any reason against it.
        figure.value = .number(DecimalNumber(5))
        figure.doubt = nil
        let lines = FigureTable(style: TextStyle(language: .en), zone: Self.wib).lines([figure]) { _ in [] }
        #expect(lines.last?.plain.hasSuffix("target \(standing)") == true, "\(lines)")
    }

    /// Spreadsheets compute text that begins so, and terminals execute escapes.
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), (" +1", "' +1"), ("＝1", "'＝1"),
        ("\\e[2Ja", "\\u{1B}[2Ja"), ("\\r\\n=1", "\\u{D}\\u{A}=1"), ("Debit air", "Debit air"),
    ])
    func `a name is neither a formula nor an order in CSV`(name: String, cell: String) throws {
        var engine = try Self.engine(name: name)
        let now = try #require(Instant(iso8601: "2026-12-31T02:00:00+07:00"))
        var figure = try #require(engine.current(.day, now: now) { $0 == "gateway" }.first)
        figure.value = .number(DecimalNumber(-5))
        let form = try #require(FigureSheet.Form(separator: ";", decimal: ","))
        let cells = FigureSheet(form: form, zone: Self.wib).row(figure).split(
            separator: ";",
            omittingEmptySubsequences: false
        )
        #expect(cells[1] == cell)
        #expect(cells[11] == "-5", "a number stays one")
    }

    @Test func `a separator that is the decimal sign is no form`() {
        #expect(FigureSheet.Form(separator: ",", decimal: ",") == nil)
        #expect(FigureSheet.Form(separator: ".", decimal: ".") == nil)
        #expect(FigureSheet.Form(separator: nil, decimal: ",")?.separator == ";")
        #expect(FigureSheet.Form(separator: nil, decimal: ".")?.separator == ",")
        #expect(FigureSheet.Form(separator: "\t", decimal: ",")?.separator == "\t")
    }
}
