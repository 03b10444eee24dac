import Domain
import TestSupport
import Testing

@testable import Indicators

@Suite struct `A figure that somebody looks at` {
    private func views(_ bench: inout EngineBench, _ question: FigureQuestion, _ now: Instant) -> [FigureView] {
        bench.engine.current(question.window, now: now, where: question.wants(scope:)).filter(question.wants)
            .map { bench.engine.view(of: $0, before: question.before, now: now) }
    }

    @Test func `has its message, its names, its devices and the windows before`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        bench.append("flow-soyo", at("21 11:05"), .increase("volume", "7"))
        let question = FigureQuestion(window: .hour, before: 3, scope: "site-sumber-soyo", indicator: "water-volume")
        let view = try #require(views(&bench, question, at("21 11:30")).first)
        #expect(view.devices == ["flow-soyo"])
        #expect(view.payload == view.figure.payload(gateway: "kdr-test-01", zone: bench.engine.zone))
        #expect(view.figure.text == "7" || view.figure.value != nil)
        #expect(view.before.last?.text == "5")
        #expect(view.before.map(\.window.from) == view.before.map(\.window.from).sorted())
        #expect(view.before.count <= 3)
    }

    @Test func `is of a place unless a device is asked for`() throws {
        var bench = try EngineBench()
        let all = views(&bench, FigureQuestion(window: .hour, before: 0), at("21 11:30"))
        #expect(!all.isEmpty && all.allSatisfy { !$0.figure.scope.hasPrefix("device-") })
        let devices = views(&bench, FigureQuestion(window: .hour, before: 0, scope: "device-"), at("21 11:30"))
        #expect(!devices.isEmpty && devices.allSatisfy { $0.figure.scope.hasPrefix("device-") })
        #expect(views(&bench, FigureQuestion(window: .hour, before: 0, indicator: "none"), at("21 11:30")).isEmpty)
    }

    @Test func `shows nothing of the time before its devices, and nothing that the bins no longer hold`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        let question = FigureQuestion(window: .quarter, before: 366, scope: "site-sumber-soyo")
        for view in views(&bench, question, at("21 10:20")) {
            #expect(view.before.first?.hasMembers ?? true)
            let oldest = view.before.first?.window
            #expect(oldest.map { bench.engine.isKept($0, of: view.figure.indicator) } ?? true)
        }
    }
}
