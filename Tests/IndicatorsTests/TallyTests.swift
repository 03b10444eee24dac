import Domain
import Testing

@testable import Indicators

@Suite struct Tallies {
    static func random(_ generator: inout SplitMix) -> Tally {
        var tally = Tally()
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            tally.add(value: Fixed(billionths: Int128(Int64.random(in: -1_000_000...1_000_000, using: &generator))))
            tally.received += 1
            let held = Int64.random(in: 1...60_000, using: &generator)
            tally.integral += Int128(held) * 1_000
            tally.milliseconds += held
            if Bool.random(using: &generator) { tally.within += held }
            let seq = UInt64.random(in: 1...1_000, using: &generator)
            let epoch = ["2-aaaaaaaa", "10-bbbbbbbb", "2-cccccccc"].randomElement(using: &generator) ?? ""
            tally.add(IdentityRange(epoch: epoch, from: seq, to: seq))
        }
        if Bool.random(using: &generator) {
            tally.received += 2
            tally.excluded += 2
            tally.unverified += 1
            tally.carried.head = .init(amount: fixed("2"), milliseconds: Int64.random(in: 0...100, using: &generator))
            tally.unknown = Unknown(.counterGap, isEnded: true, milliseconds: 5)
        }
        return tally
    }

    static func merged(_ tallies: Tally...) -> Tally { tallies.reduce(into: Tally()) { $0.merge($1) } }

    @Test func `merge in any order and grouping to the same`() {
        var generator = SplitMix(seed: 1)
        for _ in 0..<300 {
            let (a, b, c) = (
                Self.random(&generator), Self.random(&generator), Self.random(&generator)
            )
            #expect(Self.merged(a, b) == Self.merged(b, a))
            #expect(Self.merged(Self.merged(a, b), c) == Self.merged(a, Self.merged(b, c)))
            #expect(Self.merged(a, Tally()) == a)
        }
    }

    @Test func `name the epochs by their counter`() {
        var tally = Tally()
        for epoch in ["10-b", "2-c", "2-a"] { tally.add(IdentityRange(epoch: epoch, from: 5, to: 5)) }
        tally.add(IdentityRange(epoch: "2-c", from: 3, to: 3))
        tally.add(IdentityRange(epoch: "2-c", from: 9, to: 9))
        #expect(tally.identities.map(\.epoch) == ["2-a", "2-c", "10-b"])
        #expect(tally.identities[1] == IdentityRange(epoch: "2-c", from: 3, to: 9))
    }

    @Test func `keep the least and the greatest`() {
        var a = Tally()
        a.add(value: fixed("2.5"))
        var b = Tally()
        b.add(value: fixed("-1"))
        b.add(value: fixed("2"))
        let both = Self.merged(a, b)
        #expect(both.minimum == fixed("-1"))
        #expect(both.maximum == fixed("2.5"))
        #expect(both.sum == fixed("3.5"))
        #expect(both.count == 3)
    }

    @Test func `of a breakdown are its whole when merged`() {
        var generator = SplitMix(seed: 2)
        let (a, b) = (Self.random(&generator), Self.random(&generator))
        var breakdown: Breakdown = ["class=car": a]
        breakdown.merge(["class=car": b, "class=bus": a])
        #expect(breakdown.whole == Self.merged(a, b, a))
        #expect(breakdown["class=car"] == Self.merged(a, b))
    }
}

/// Random numbers, the same for the same seed (Steele, Lea and Flood, SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct `What was carried` {
    private static func share(_ amount: String, _ milliseconds: Int64) -> Carried.Share {
        .init(amount: fixed(amount), milliseconds: milliseconds)
    }

    @Test func `reaches beyond a window by its first and its last piece`() {
        var first = Tally()
        first.carried = Carried(head: Self.share("2", 20), tail: Self.share("1", 10))
        var last = Tally()
        last.carried = Carried(head: Self.share("1", 10), tail: Self.share("3", 30))
        var window: Breakdown = [:]
        for piece in [first, Tally(), last] { window.append(["": piece]) }
        #expect(window.whole.carried.share == Self.share("5", 50))
    }

    @Test func `covers pieces, and counts once where it covers all`() {
        var whole = Tally()
        whole.carried = Carried(head: Self.share("4", 40), tail: Self.share("4", 40), covering: 1)
        var end = Tally()
        end.carried = Carried(head: Self.share("1", 10))
        var window: Breakdown = ["": whole]
        window.append(["": whole])
        #expect(window.whole.carried.share == Self.share("8", 80))
        window.append(["": end])
        #expect(window.whole.carried.share == Self.share("9", 90))
    }
}
