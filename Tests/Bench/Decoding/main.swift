import Decoding
import Documents
import Domain
import Glibc
import Polling
import Profiles

// Plans and decodes a profile's first block again and again, and prints how long that took.
// usage: decoding-bench PROFILE.yaml BLOCKS

let log = ProblemLog()
guard CommandLine.arguments.count == 3, let blocks = Int(CommandLine.arguments[2]),
    let map = Document.mapping(ofFile: CommandLine.arguments[1], log: log),
    let profile = ProfileReader.read(map, expectedID: nil, hash: map.contentHash), let access = profile.modbus
else {
    print("usage: decoding-bench PROFILE.yaml BLOCKS")
    exit(2)
}

/// Seconds of CPU time: the machine's other programs do not count.
func seconds(_ work: () -> Void) -> Double {
    func used() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = used()
    work()
    return used() - start
}

var plan = BlockPlan(points: profile.points, access: access)
let plans = 1_000
let planning = seconds { for _ in 0..<plans { plan = BlockPlan(points: profile.points, access: access) } }

let block = plan.blocks[0]
let decoder = RegisterDecoder(points: profile.points)
var values: [RawValue?] = Array(repeating: nil, count: profile.points.count)
let samples = (0..<16).map { sample in
    RegisterBlock(
        range: block.range,
        words: (0..<block.range.count).map { UInt16(truncatingIfNeeded: 0x4100 + 37 * $0 * (sample + 1) % 512) },
        arrived: Uptime(nanoseconds: 0)
    )
}
let decoding = seconds {
    for index in 0..<blocks { decoder.decode(samples[index & 15], points: block.points, into: &values) }
}
let known = values.count { $0?.value != nil }
precondition(known == block.points.count, "only \(known) of \(block.points.count) points were decoded")
print(
    #"{"points":\#(blocks * block.points.count),"seconds":\#(decoding),"#
        + #""planning_us":\#(planning / Double(plans) * 1e6)}"#
)
