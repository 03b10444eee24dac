import Domain
import Testing

@testable import Indicators

@Suite struct `A ratio` {
    @Test func `is exact, and rounded once, half to even`() {
        #expect(Ratio(1, over: 3).rounded().description == "0.3333333")
        #expect((Ratio(1, over: 3) + Ratio(1, over: 6)).rounded().description == "0.5")
        #expect((Ratio(2, over: 3) * Ratio(3, over: 4) / Ratio(1, over: 2)).rounded().description == "1")
        #expect(Ratio(12_345_665, over: 10_000_000).rounded().description == "1.234566")
        #expect(Ratio(-5, over: -2).rounded().description == "2.5")
    }

    /// Sums of fractions whose common denominator is beyond 128 bits once ended the process.
    @Test(arguments: [1, 1_000_003, 999_999_999_989] as [Int128])
    func `beyond 128 bits is right to what is told`(scale: Int128) {
        let a = Ratio(1_234_567_891_234_567 * scale, over: 99_999_999_999_999_999_989)
        let b = Ratio(7_654_321_987_654_321 * scale, over: 99_999_999_999_999_999_947)
        let sum = a + b
        let expected = (1_234_567_891_234_567.0 + 7_654_321_987_654_321.0) * Double(scale) / 1e20
        #expect(abs(sum.rounded().double / expected - 1) < 1e-6)
        #expect(a < b)
        #expect((a * b).rounded().double > 0)
    }
}
