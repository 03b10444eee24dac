public import Documents

/// Something that goes wrong on request: for which device, what it is and how often.
public struct Fault: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// No reply at all.
        case silence
        /// The reply is a Modbus exception, 1 to 255.
        case exception(UInt8)
        /// The reply comes that much later.
        case late(Duration)
        /// Random bytes come before the reply.
        case noise
        /// The CRC is wrong; over TCP the header's protocol id.
        case corrupt
        /// The reply's end is missing.
        case truncate
        /// The reply names the next unit.
        case wrongUnit
        /// The request comes back before the reply, as adapters with local echo do.
        case echo
    }

    /// A device's id, or nil for all.
    public var device: String?
    public var kind: Kind
    /// The probability for each request, 0 to 1.
    public var probability: Double

    public init(device: String?, kind: Kind, probability: Double = 1) {
        self.device = device
        self.kind = kind
        self.probability = probability
    }

    func befalls(_ device: String) -> Bool { self.device == nil || self.device == device }
}

/// Why the words of a fault are not understood, and what would be right.
public struct FaultSyntaxError: Error, Hashable, CustomStringConvertible {
    public let message: Message

    public var description: String { message.description }
}

extension Fault {
    private enum Word: String, CaseIterable {
        case silence
        case exception
        case late
        case noise
        case corrupt
        case truncate
        case wrongUnit = "wrong_unit"
        case echo

        var needsArgument: Bool { self == .exception || self == .late }
    }

    /// The words that `parse` knows, as a person writes them.
    public static let kinds = [
        "silence", "exception=CODE", "late=DURATION", "noise", "corrupt", "truncate", "wrong_unit", "echo",
    ]

    /// Reads `DEVICE:KIND[=ARG][@PROBABILITY]`: `flow-1:late=700ms@0.1`, `*:silence`.
    ///
    /// - Parameter devices: the ids of all devices.
    public static func parse(_ text: String, devices: [String]) throws(FaultSyntaxError) -> Fault {
        func fail(_ what: Message) -> FaultSyntaxError { FaultSyntaxError(message: "fault \"\(text)\": \(what)") }
        guard let colon = text.firstIndex(of: ":") else {
            throw fail("expected DEVICE:KIND[=ARG][@PROBABILITY], such as *:late=700ms@0.1")
        }
        let device = String(text[..<colon])
        guard device == "*" || devices.contains(device) else {
            throw fail("no device is named \"\(device)\"\(NearestWord.hint(for: device, in: devices)); * means all")
        }
        var rest = text[text.index(after: colon)...]
        var probability = 1.0
        if let at = rest.firstIndex(of: "@") {
            let given = rest[rest.index(after: at)...]
            guard let number = Double(given), (0...1).contains(number) else {
                throw fail("\"\(given)\" is no probability: 0 to 1, such as @0.1")
            }
            probability = number
            rest = rest[..<at]
        }
        let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let list: Message = "kinds: \(kinds.joined(separator: ", "))"
        guard let word = Word(rawValue: parts[0]) else {
            let nearest = NearestWord.to(parts[0], in: Word.allCases.map(\.rawValue))
            let hint: Message = nearest.map { "; did you mean \"\($0)\"?" } ?? ";"
            throw fail("no fault is called \"\(parts[0])\"\(hint) \(list)")
        }
        let argument = parts.count == 2 ? parts[1] : nil
        if word.needsArgument, argument == nil {
            throw fail("\(word.rawValue) needs a value: \(word == .late ? "late=700ms" : "exception=2")")
        }
        if !word.needsArgument, argument != nil { throw fail("\(word.rawValue) takes no value; \(list)") }
        switch kind(word, argument ?? "") {
        case .success(let kind):
            return Fault(device: device == "*" ? nil : device, kind: kind, probability: probability)
        case .failure(let problem): throw fail(problem.message)
        }
    }

    private static func kind(_ word: Word, _ argument: String) -> Result<Kind, FaultSyntaxError> {
        switch word {
        case .silence: return .success(.silence)
        case .noise: return .success(.noise)
        case .corrupt: return .success(.corrupt)
        case .truncate: return .success(.truncate)
        case .wrongUnit: return .success(.wrongUnit)
        case .echo: return .success(.echo)
        case .exception:
            guard let code = UInt8(argument), code > 0 else {
                return .failure(FaultSyntaxError(message: "\"\(argument)\" is no exception code: 1 to 255"))
            }
            return .success(.exception(code))
        case .late:
            let units: [(String, Double)] = [("ms", 1e-3), ("min", 60), ("s", 1)]
            for (unit, factor) in units where argument.hasSuffix(unit) {
                guard let number = Double(argument.dropLast(unit.count)), number >= 0, number * factor <= 3_600 else {
                    break
                }
                return .success(.late(.nanoseconds(Int64(number * factor * 1e9))))
            }
            return .failure(
                FaultSyntaxError(message: "\"\(argument)\" is no time: expected 700ms, 2s or 1min, at most 60min")
            )
        }
    }
}
