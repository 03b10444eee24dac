import Glibc
import Testing

@testable import Platform

@Suite struct DescriptorRoomTests {
    struct Number: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var number: Int32
        var limit: Int
        var isReserved: Bool
    }

    @Test(arguments: [
        Number(testDescription: "low, of many", number: 900, limit: 65_536, isReserved: false),
        Number(testDescription: "last that select holds, of many", number: 1_023, limit: 65_536, isReserved: true),
        Number(testDescription: "beyond what select holds", number: 1_024, limit: 65_536, isReserved: false),
        Number(testDescription: "last but 65 of 1024", number: 959, limit: 1_024, isReserved: false),
        Number(testDescription: "last but 64 of 1024", number: 960, limit: 1_024, isReserved: true),
        Number(testDescription: "in the first three quarters of a few", number: 47, limit: 64, isReserved: false),
        Number(testDescription: "in the last quarter of a few", number: 48, limit: 64, isReserved: true),
    ])
    func busesLeaveTheLastNumbersToOthers(_ number: Number) {
        #expect(DescriptorRoom.isReserved(number.number, limit: number.limit) == number.isReserved)
    }

    @Test func aDescriptorThatMovesUpIsTheSameFile() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let high = DescriptorRoom.moveUp(ends[1])
        defer {
            close(ends[0])
            close(high)
        }
        try #require(DescriptorRoom.limits.soft > 2_024, "this test needs `ulimit -n` above 2024")
        #expect(high >= DescriptorRoom.selectLimit)
        #expect(fcntl(high, F_GETFD) & FD_CLOEXEC != 0)
        var byte: UInt8 = 7
        #expect(write(high, &byte, 1) == 1)
        byte = 0
        #expect(read(ends[0], &byte, 1) == 1 && byte == 7)
    }
}
