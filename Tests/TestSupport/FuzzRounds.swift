import Glibc

/// The seeds of a fuzz test's rounds: a few, the same in every run. For a long run with new ones each time:
///
///     FUZZ_SECONDS=300 swift test --filter Fuzz
///
/// With `FUZZ_TRACE=1` each round prints its number before it runs, so that the one that ends the process is known;
/// `FUZZ_SEED=NUMBER` runs that one alone.
public struct FuzzRounds: Sequence, IteratorProtocol {
    private let name: String
    private var seed: UInt64
    private var left: Int
    private let end: UInt64?
    private let isTold: Bool
    private var count = 0

    /// - Parameters:
    ///   - name: what is fuzzed and with what, for the line of text that a long run prints.
    ///   - count: rounds of a short run.
    public init(_ name: String, _ count: Int) {
        func number(_ key: String) -> UInt64? { getenv(key).flatMap { UInt64(String(cString: $0)) } }
        self.name = name
        isTold = getenv("FUZZ_TRACE") != nil
        let seconds = number("FUZZ_SECONDS")
        end = number("FUZZ_SEED") == nil ? seconds.map { Self.now + $0 } : nil
        left = number("FUZZ_SEED") != nil ? 1 : end != nil ? .max : count
        seed = number("FUZZ_SEED") ?? (end != nil ? UInt64.random(in: 0..<1 << 62) : 0)
    }

    public mutating func next() -> SeededChance? {
        guard left > 0, end.map({ Self.now < $0 }) ?? true else {
            if end != nil { print("fuzz: \(name): \(count) rounds") }
            return nil
        }
        left -= 1
        count += 1
        if isTold {
            let line = "fuzz: \(name): \(seed)\n"
            write(STDERR_FILENO, line, line.utf8.count)
        }
        defer { seed += 1 }
        return SeededChance(seed)
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec)
    }
}
