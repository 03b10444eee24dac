@testable import Simulation
import Testing

struct FaultTests {
    private let devices = ["flow-soyo", "scale-07"]

    @Test(
        "faults are read",
        arguments: [
            ("flow-soyo:silence", Fault(device: "flow-soyo", kind: .silence)),
            ("*:exception=2", Fault(device: nil, kind: .exception(2))),
            ("*:late=700ms@0.25", Fault(device: nil, kind: .late(.milliseconds(700)), probability: 0.25)),
            ("scale-07:late=1.5s", Fault(device: "scale-07", kind: .late(.milliseconds(1_500)))),
            ("scale-07:wrong_unit@1", Fault(device: "scale-07", kind: .wrongUnit)),
            ("*:noise", Fault(device: nil, kind: .noise)),
            ("*:corrupt", Fault(device: nil, kind: .corrupt)),
            ("*:truncate", Fault(device: nil, kind: .truncate)),
            ("*:echo", Fault(device: nil, kind: .echo)),
        ]
    )
    func parses(text: String, fault: Fault) throws {
        #expect(try Fault.parse(text, devices: devices) == fault)
    }

    @Test(
        "what is wrong is told with what would be right",
        arguments: [
            ("silence", "DEVICE:KIND"),
            ("flow-soya:silence", "did you mean \"flow-soyo\""),
            ("*:silense", "did you mean \"silence\""),
            ("*:xyzzy", "wrong_unit, echo"),
            ("*:late", "late=700ms"),
            ("*:late=soon", "700ms"),
            ("*:exception=0", "1 to 255"),
            ("*:echo=3", "takes no value"),
            ("*:echo@2", "0 to 1"),
        ]
    )
    func refuses(text: String, words: String) throws {
        let error = #expect(throws: FaultSyntaxError.self) { try Fault.parse(text, devices: devices) }
        #expect(try #require(error).description.contains(words), "\(error?.description ?? "")")
    }
}
