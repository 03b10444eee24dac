import Documents
import Domain
import Installation
import TestSupport
import Testing

@testable import Indicators

@Suite struct `A plan` {
    private static func plan(
        _ catalogue: String = Small.text,
        _ configuration: String = Field.text()
    ) throws -> (
        IndicatorPlan, [String]
    ) {
        let log = ProblemLog()
        let plan = IndicatorPlan(
            catalogue: try Small.catalogue(catalogue),
            configuration: try Field.configuration(configuration),
            log: log
        )
        return (plan, log.problems.map(\.description))
    }

    private static func scopes(_ plan: IndicatorPlan, _ id: String) -> [String] {
        plan.assignments.filter { $0.indicator.id == id }.map(\.scope)
    }

    private static func members(_ plan: IndicatorPlan, _ id: String, _ scope: String) -> [String] {
        plan.assignments.first { $0.indicator.id == id && $0.scope == scope }?.members.map(\.device).sorted() ?? []
    }

    @Test func `has a figure for each scope that has devices`() throws {
        let (plan, problems) = try Self.plan()
        #expect(problems == [])
        #expect(
            Self.scopes(plan, "water-volume") == [
                "device-flow-soyo", "device-flow-bulus", "device-flow-new", "site-sumber-bulus", "site-sumber-soyo",
                "kelurahan-bawang", "kelurahan-tosaren", "kecamatan-pesantren", "gateway",
            ]
        )
        #expect(Self.members(plan, "water-volume", "kecamatan-pesantren") == ["flow-bulus", "flow-new", "flow-soyo"])
        #expect(plan.assignments.allSatisfy { $0.isPartial == $0.scope.hasPrefix("kel") || $0.scope.hasPrefix("kec") })
    }

    @Test func `asks of a device only the points that somebody takes`() throws {
        let (plan, _) = try Self.plan()
        #expect(plan.wanted(of: "flow-soyo") == ["discharge", "volume"])
        #expect(plan.wanted(of: "scale-1") == ["net", "gross"])
        #expect(plan.wanted(of: "ph-soyo") == ["ph"])
        #expect(plan.wanted(of: "nobody") == [])
    }

    @Test func `takes labels of the point before those of the device`() throws {
        let (plan, _) = try Self.plan()
        let feed = try #require(plan.feeds["loops"]?.last)
        let words = (0...3).map { feed.taps["count_\($0)"]?.first?.breakdown }
        #expect(
            words == [
                "class=car,direction=utara", "class=motorcycle,direction=utara", "class=bus,direction=utara",
                "class=-,direction=utara",
            ]
        )
    }

    @Test func `leaves a duplicate out of every sum but its own`() throws {
        let text = Field.text().replacing(
            "flow-bulus: { profile: tuf-2000m,",
            with: "flow-bulus: { labels: { duplicate_of: flow-soyo }, profile: tuf-2000m,"
        )
        let (plan, _) = try Self.plan(Small.text, text)
        #expect(Self.members(plan, "water-volume", "gateway") == ["flow-new", "flow-soyo"])
        #expect(Self.members(plan, "water-volume", "site-sumber-bulus") == ["flow-new"])
        #expect(Self.members(plan, "water-volume", "device-flow-bulus") == ["flow-bulus"])
    }

    @Test func `says which point cannot become the indicator's unit`() throws {
        let text = Small.text.replacing("    unit: m3\n", with: "    unit: kg\n")
        let (plan, problems) = try Self.plan(text)
        #expect(
            problems.first
                == "indicators.yaml:22:40: indicators.water-volume.from.increase: "
                + "point \"volume\" of device \"flow-soyo\" is in m3, which cannot become kg"
        )
        #expect(Self.scopes(plan, "water-volume") == [])
    }

    @Test func `says which table of the road is not in the catalogue`() throws {
        let text = Field.text().replacing(
            "car_units: steps, levels: bands, target_level: C",
            with: "car_units: step, levels: band"
        )
        let (plan, problems) = try Self.plan(Small.text, text)
        #expect(
            problems.contains(
                "g.yaml:11:68: sites.simpang-4.road.car_units: "
                    + "the catalogue has no table \"step\"; did you mean \"steps\"?"
            )
        )
        #expect(
            problems.contains(
                "g.yaml:11:82: sites.simpang-4.road.levels: "
                    + "the catalogue has no table \"band\"; did you mean \"bands\"?"
            )
        )
        #expect(Self.scopes(plan, "traffic-flow") == ["site-simpang-2", "site-simpang-3"])
    }

    @Test func `computes of a road what the site says enough for`() throws {
        let (plan, problems) = try Self.plan()
        #expect(problems == [])
        #expect(
            Self.scopes(plan, "traffic-flow")
                == ["site-jalan-doho", "site-simpang-2", "site-simpang-3", "site-simpang-4"]
        )
        // Without a capacity there is no saturation.
        #expect(
            Self.scopes(plan, "traffic-saturation") == ["site-jalan-doho", "site-simpang-3", "site-simpang-4"]
        )
    }

    @Test func `puts names that differ in case or signs only into one scope that fits a topic`() throws {
        let text = Field.text().replacing("kelurahan: Bawang", with: "kelurahan: \"Banjar/Mlati #1\"")
            .replacing(
                "sumber-bulus: { name: Sumber Bulus, kelurahan: Tosaren",
                with: "sumber-bulus: { kelurahan: TOSAREN"
            )
        let (plan, _) = try Self.plan(Small.text, text)
        #expect(
            Self.scopes(plan, "water-volume").filter { $0.hasPrefix("kelurahan") }
                == ["kelurahan-banjar-mlati--1", "kelurahan-tosaren"]
        )
        let (waste, _) = try Self.plan(Small.text, text)
        #expect(Self.members(waste, "waste-deposits", "kelurahan-tosaren") == ["scale-1", "scale-2"])
    }

    @Test(arguments: [
        ("Banjar Mlati", "banjar-mlati"), ("BANJARMLATI", "banjarmlati"), ("Ds. Ma'arif", "ds--ma-arif"),
        ("Kali/Ombo+#1", "kali-ombo--1"), ("Désa Ñandú", "desa-nandu"), ("De\u{301}sa", "desa"), ("İstana", "istana"),
        ("Kota\u{0}\n*>$", "kota-----"), ("村", "-"), ("", ""),
    ])
    func `writes a name with letters, digits and dashes only`(name: String, slug: String) {
        #expect(IndicatorPlan.slug(name) == slug)
    }

    @Test func `keeps apart what two indicators call the same point`() throws {
        let text =
            Small.tables + "indicators:\n"
            + ["car", "light"].map { word in
                Small.indicator(
                    "count-\(word)",
                    "measure: sum",
                    "by: class",
                    "from: { profile: iologik-e1212, increase: count_3, class: \(word) }",
                    "windows: hour",
                    "scopes: gateway"
                )
            }.joined()
        var bench = try EngineBench(Small.catalogue(text))
        bench.append("loops", at("21 10:05"), .increase("count_3", "7"))
        let car = try bench.payload("count-car", "gateway", .hour, at("21 10:05"))
        let light = try bench.payload("count-light", "gateway", .hour, at("21 10:05"))
        #expect(car["by"] == ["class": ["car": 7]])
        #expect(light["by"] == ["class": ["light": 7]])
        #expect(car["value"] == 7)
    }
}
