import Contract
import Domain
import Testing

@testable import Journal

/// What a chain of killed lives reported, and what is wrong with it.
struct KillLedger {
    struct Identity: Hashable {
        var epoch: String
        var seq: UInt64
    }

    struct Start {
        var epoch: String
        var previous: PreviousEpoch?
        var killedAt = Uptime(nanoseconds: .max)
    }

    private(set) var starts: [Start] = []
    /// Identities seen with two different contents.
    private(set) var contradictions: [Identity] = []
    private var contents: [Identity: String] = [:]
    private var made: [(identity: Identity, at: Uptime)] = []
    private var arrived: Set<Identity> = []
    private(set) var sent = 0
    private(set) var owed = 0

    mutating func take(_ lines: [Substring], killedAt moment: Uptime) {
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 4).map(String.init)
            guard words.count == 5, let number = UInt64(words[words[0] == "start" ? 3 : 2]) else {
                Issue.record("the victim says \(line)")
                continue
            }
            if words[0] == "start" {
                let previous = PreviousEpoch(epoch: words[2], committedThrough: number, clean: words[4] == "true")
                starts.append(Start(epoch: words[1], previous: words[2] == "-" ? nil : previous, killedAt: moment))
                continue
            }
            let identity = Identity(epoch: words[1], seq: number)
            note(identity, words[4])
            if words[0] == "made" {
                made.append((identity, Uptime(nanoseconds: Int64(words[3]) ?? 0)))
            } else {
                sent += 1
                arrived.insert(identity)
            }
        }
    }

    /// Takes what a last start finds.
    mutating func takeEnd(previous: PreviousEpoch?, owed entries: [JournalEntry]) {
        last = previous
        owed = entries.count
        for entry in entries {
            let identity = Identity(epoch: entry.epoch, seq: entry.seq)
            note(identity, String(decoding: entry.body, as: UTF8.self))
            arrived.insert(identity)
        }
    }

    private var last: PreviousEpoch?

    private mutating func note(_ identity: Identity, _ body: String) {
        if let known = contents.updateValue(body, forKey: identity), known != body { contradictions.append(identity) }
    }

    /// For each epoch: when it was killed, and how far it came, as the next start reports.
    private var ends: [String: (killedAt: Uptime, committedThrough: UInt64)] {
        var ends: [String: (Uptime, UInt64)] = [:]
        for (start, following) in zip(starts, starts.dropFirst().map(\.previous) + [last]) {
            guard let following, following.epoch == start.epoch, !following.clean else { continue }
            ends[start.epoch] = (start.killedAt, following.committedThrough)
        }
        return ends
    }

    private var missing: [(identity: Identity, at: Uptime)] { made.filter { !arrived.contains($0.identity) } }

    var tail: Int { missing.count }

    /// Missing, and not in the tail that the next start announced.
    var untold: [Identity] {
        missing.map(\.identity).filter { $0.seq <= ends[$0.epoch]?.committedThrough ?? .max }
    }

    /// Missing, although older than two seconds.
    var lost: [Identity] {
        missing.filter { missing in
            ends[missing.identity.epoch].map { missing.at + .seconds(2) < $0.killedAt } ?? true
        }.map(\.identity)
    }
}
