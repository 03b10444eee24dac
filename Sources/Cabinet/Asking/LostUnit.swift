package import Diagnosing
package import Domain
import Modbus
package import Profiles

/// Finds the unit id of the one device on a serial line, by the general addresses to which devices answer whatever
/// their id is. It only reads.
package struct LostUnit {
    /// The addresses, in the order in which they are asked: 248 (PZEM), 250, 254 and 255 of other makers. At 0, the
    /// broadcast, a device should be silent (Modbus over serial line 1.02, section 2.2), and some are not.
    package static let generalAddresses: [UInt8] = [248, 250, 254, 255, 0]

    package enum Outcome: Hashable, Sendable {
        /// The device's own id, and the general address at which it answered.
        case found(UnitID, at: UInt8)
        /// It answers at this address and does not say its id.
        case nameless(at: UInt8)
        /// Bytes came that are no frame: other settings, or more than one device.
        case garbled(at: UInt8)
        case silent
        /// The port failed.
        case failed(Finding?)
    }

    private let bus: any ProbeBus
    private let profiles: [Profile]
    private let safe: SafeRegister
    private let replyTime: Duration
    private let isStopping: () -> Bool

    /// - Parameters:
    ///   - profiles: say in which register a device keeps its own id, and what is never read.
    ///   - replyTime: the deadline of a whole reply.
    package init(
        bus: any ProbeBus,
        profiles: [Profile],
        replyTime: Duration,
        isStopping: @escaping () -> Bool = { false }
    ) {
        self.bus = bus
        self.profiles = profiles.filter { $0.modbus != nil }
        safe = SafeRegister(profiles: profiles)
        self.replyTime = replyTime
        self.isStopping = isStopping
    }

    /// - Parameter tell: called with each address before it is asked.
    package func run(tell: (UInt8) -> Void) throws(ProbeFailure) -> Outcome {
        defer { bus.close() }
        var outcome = Outcome.silent
        for address in Self.generalAddresses where !isStopping() {
            tell(address)
            let exchange: ProbeExchange
            do throws(ProbeFailure) {
                exchange = try ask(UnitID(address), safe.range)
            } catch {
                // A running gateway lends its line for no broadcast.
                if address == 0 { continue }
                throw error
            }
            if let error = exchange.error, error.isOfTheBus {
                return .failed(Diagnoser().finding(of: [exchange], at: bus.endpoint)?.namingHolder)
            }
            switch exchange.error?.kind {
            case .foreignReply(let own): return .found(own, at: address)
            case .timeout, .distrusted: continue
            case .crc, .badFrame, .echo: outcome = .garbled(at: address)
            default:
                if let own = try ownID(at: UnitID(address)) { return .found(own, at: address) }
                outcome = .nameless(at: address)
            }
        }
        return outcome
    }

    /// The id that stands in the register where a profile keeps it, if the device answers to it.
    private func ownID(at address: UnitID) throws(ProbeFailure) -> UnitID? {
        var asked: Set<RegisterRange> = []
        for profile in profiles {
            guard !isStopping(), let range = ProfileMatch.identity(of: profile, safe: safe),
                asked.insert(range).inserted
            else { continue }
            guard let word = try ask(address, range).block?.words.first, (1...247).contains(word) else { continue }
            let own = UnitID(UInt8(word))
            // Many registers hold a small number: the device itself proves that this one is its id.
            if try ask(own, safe.range).isAnswered { return own }
        }
        return nil
    }

    private func ask(_ unit: UnitID, _ range: RegisterRange) throws(ProbeFailure) -> ProbeExchange {
        // The line needs no rest for late replies: they name their unit, and no value of this search is published.
        let timing = ReplyTiming(replyTime: replyTime, worstReply: .zero)
        return try bus.exchange(ProbeRequest(unit: unit, range: range, timing: timing))
    }
}
