import Contract
import Domain
import Testing

@testable import Merging

@Suite struct `A merged value` {
    @Test func `of sums is their exact sum`() throws {
        #expect(try Made.city([Made.sum("a", "0.1"), Made.sum("b", "0.2")]).text == "0.3")
        // A double has 15 digits, and would lose the last one.
        let figure = try Made.city([Made.sum("a", "1234567890.000000001"), Made.sum("b", "1")])
        #expect(figure.text == "1234567891.000000001")
        #expect(figure.parts?.sum.description == figure.text)
    }

    @Test func `of ten thousand gateways is the same in any order`() throws {
        let messages = (0..<10_000).map { Made.sum("g-\($0)", "\($0 % 7).000000001") }
        let value = try Made.city(messages).text
        #expect(value == "29994.00001")
        #expect(try Made.city(messages.reversed()).text == value)
        #expect(try Made.city(messages.shuffled()).text == value)
    }

    @Test func `of counts is their sum`() throws {
        let messages = ["a", "b"].map {
            Made.figure($0, "waste-deposits", value: "7", parts: .init(merging: .count, count: 7))
        }
        #expect(try Made.city(messages).text == "14")
    }

    @Test func `of means is the mean of all time`() throws {
        func mean(_ gateway: String, _ integral: String, seconds: Int64, _ least: String) -> FigureMessage {
            Made.figure(
                gateway,
                "speed",
                parts: .init(
                    merging: .mean,
                    minimum: number(least),
                    maximum: number("90"),
                    integral: number(integral),
                    milliseconds: seconds * 1_000
                )
            )
        }
        let figure = try Made.city([mean("a", "36000", seconds: 3_600, "4.5"), mean("b", "100", seconds: 100, "0.5")])
        // (36000 + 100) / 3700
        #expect(figure.text == "9.756757")
        #expect(figure.extras == [member("minimum", "0.5"), member("maximum", "90")])
    }

    @Test func `of space means is the harmonic mean`() throws {
        let messages = [("a", "10", "0.0008"), ("b", "30", "0.0006")].map { gateway, sum, integral in
            Made.figure(
                gateway,
                "speed",
                parts: .init(merging: .spaceMean, sum: number(sum), integral: number(integral))
            )
        }
        // 40 / (1000 x 0.0014)
        #expect(try Made.city(messages).text == "28.57143")
    }

    @Test func `of shares is the percent of all time`() throws {
        let messages = [share("a", seconds: 3_600, within: 2_700), share("b", seconds: 1_800, within: 0)]
        let figure = try Made.city(messages)
        #expect(figure.text == "50")
        #expect(figure.by == [Made.words("parameter", ["ph": "50"])])
        #expect(figure.parts?.by.first?.words.first?.milliseconds == 5_400_000)
    }

    @Test func `of availabilities is the percent of what is expected of all`() throws {
        let messages = [("a", 100, 100), ("b", 300, 100)].map { gateway, expected, counted in
            Made.figure(
                gateway,
                "availability",
                parts: .init(merging: .availability),
                account: (expected, counted, counted, 0)
            )
        }
        let figure = try Made.city(messages)
        #expect(figure.text == "50")
        #expect(figure.outcome.doubt == nil)
    }

    @Test(arguments: [(FigureMessage.Merging.minimum, "1.5"), (.maximum, "9")])
    func `of extremes is the least or the greatest`(merging: FigureMessage.Merging, value: String) throws {
        let messages = [("a", "1.5", "8"), ("b", "2", "9")].map { gateway, least, most in
            Made.figure(
                gateway,
                "level",
                parts: .init(merging: merging, count: 2, minimum: number(least), maximum: number(most)),
                by: [Made.words("direction", ["utara": merging == .minimum ? least : most])]
            )
        }
        let figure = try Made.city(messages)
        #expect(figure.text == value)
        #expect(figure.by == [Made.words("direction", ["utara": value])])
    }

    @Test func `of sums of means is the sum of the values`() throws {
        let messages = [("a", "9.331683"), ("b", "0.5")].map { gateway, value in
            Made.figure(gateway, "discharge", value: value, parts: .init(merging: .sumOfMeans))
        }
        #expect(try Made.city(messages).text == "9.831683")
    }

    @Test func `of active units adds them, and never the registered ones`() throws {
        let messages = [("a", 3), ("b", 4)].map { gateway, devices in
            Made.figure(
                gateway,
                "waste-units-active",
                parts: .init(merging: .distinct, devices: devices),
                extras: [.init("registered", .integer(134)), member("share", "2.5")]
            )
        }
        let figure = try Made.city(messages)
        #expect(figure.text == "7")
        // 7 of 134
        #expect(figure.extras == [.init("registered", .integer(134)), member("share", "5.223881")])
    }

    @Test func `has the words of all parts`() throws {
        var messages = [Made.sum("a", "10"), Made.sum("b", "20")]
        messages[0].by = [Made.words("class", ["car": "7.5", "bus": "2.5"])]
        messages[1].by = [Made.words("class", ["car": "20"]), Made.words("direction", ["utara": "20"])]
        #expect(
            try Made.city(messages).by == [
                Made.words("class", ["bus": "2.5", "car": "27.5"]), Made.words("direction", ["utara": "20"]),
            ]
        )
    }

    @Test func `is none where gateways merge the same indicator in different ways`() throws {
        let other = Made.figure("b", parts: .init(merging: .count, count: 2))
        let figure = try Made.city([Made.sum("a", "1"), other])
        #expect(figure.text == nil)
        #expect(figure.reason == "no_data")
    }

    /// A share with one word, which has the same time.
    private func share(_ gateway: String, seconds: Int64, within: Int64) -> FigureMessage {
        let word = FigureMessage.Parts.Word(
            word: "ph",
            sum: .zero,
            integral: .zero,
            milliseconds: seconds * 1_000,
            within: within * 1_000
        )
        let parts = FigureMessage.Parts(
            merging: .share,
            milliseconds: seconds * 1_000,
            within: within * 1_000,
            by: [.init(name: "parameter", words: [word])]
        )
        return Made.figure(gateway, "quality", parts: parts)
    }

    private func member(_ name: String, _ value: String) -> DataValue.Member {
        .init(name, .number(.decimal(number(value))))
    }
}
