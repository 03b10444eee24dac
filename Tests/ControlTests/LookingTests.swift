import Domain
import Foundation
import Testing

@testable import Control

@Suite struct `What pages are told` {
    private let report = FigureReport(
        figures: [
            FigureReport.Entry(
                name: Label(en: "Volume \"x\"", id: "Volume"),
                message: #"{"v":1,"value":12.5}"#,
                devices: ["flow-soyo", "flow-bulus"],
                registered: 29,
                before: [
                    FigureReport.Step(
                        from: "2026-11-27T17:00:00.000Z",
                        value: "12.50",
                        quality: "uncertain",
                        reason: "incomplete",
                        completeness: 0.8123
                    ),
                    FigureReport.Step(
                        from: "2026-11-28T17:00:00.000Z",
                        value: nil,
                        quality: "bad",
                        reason: nil,
                        completeness: nil
                    ),
                ]
            ),
            FigureReport.Entry(name: Label(en: "a", id: "b"), message: "", devices: [], registered: nil, before: []),
        ]
    )

    @Test func `of figures is what Foundation reads, and what our own reader reads`() throws {
        for report in [report, FigureReport(figures: [])] {
            #expect(try JSONDecoder().decode(FigureReport.self, from: Data(report.json)) == report)
            #expect(try FigureReport(json: report.json) == report)
            #expect(!report.json.contains(10))
        }
        #expect(throws: NotAnswer.self) { try FigureReport(json: Array(#"{"error":"unknown request"}"#.utf8)) }
        #expect(throws: NotAnswer.self) { try FigureReport(json: Array("{}".utf8)) }
    }

    @Test func `of the configuration comes through as it was read`() throws {
        let file = ConfigurationText.File(path: "/etc/gateway/gateway.yaml", text: "a: 1\n# é\n")
        let text = ConfigurationText(hash: "1a68", files: [file])
        #expect(try ConfigurationText(json: text.json) == text && !text.json.contains(10))
        #expect(throws: NotAnswer.self) { try ConfigurationText(json: Array("{}".utf8)) }
    }

    @Test func `of figures needs a window, and a year before it at most`() throws {
        let request = FigureRequest(window: "day", before: 366, scope: "site-", indicator: nil)
        let json = try #require(ControlRequest.arguments(of: request.line, after: ControlRequest.figures))
        #expect(FigureRequest(json: json) == request)
        #expect(FigureRequest(json: #"{"window":"day","before":367}"#) == nil)
        #expect(FigureRequest(json: #"{"window":"day","before":-1}"#) == nil)
    }
}
