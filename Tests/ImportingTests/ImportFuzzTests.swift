import Domain
import Importing
import Profiles
import TestSupport
import Testing

@Suite struct `Fuzz of the import` {
    private static let tables = [
        "Address,Name,Type,Unit,Factor,R/W,Description\n"
            + "40001-40002,Flow,float,m3/h,0.1,R,x\n40003,T,int16,°C,\"0,1\",R,0: a; 1: b\n",
        "地址\t名称\t数据类型\t单位\t系数\n0x0000\t电压\t无符号16位\t0.1V\t10\n0010.3\t故障\tbit\t\t\n",
        "_address\tname\tdescription\tunit\ttype\tlen\tfactor\toffset\tformula\n0\tU\t\tV\tuint16be\t1\t0.1\t0\tx+1\n",
    ]
    private static let words = [
        ",", ";", "\t", "\"", "\n", "\r", "0x", "40001", "-", "\u{FEFF}", "TODO", ": ", " #", "&", "*", "{", "}", "[",
        "]",
        "\u{2028}", "\u{0}", "0: a; 1: b", "°C", "99999999999999999999", "1e999", "\\", "'", "%", "|", ">", "!",
        "uint16",
    ].map { Array($0.utf8) }

    @Test func `ends with a file that the profile's reader can read`() {
        for var chance in FuzzRounds("tables of registers", 300) {
            let text = String(
                decoding: chance.bent(Array(chance.one(of: Self.tables).utf8), with: Self.words),
                as: UTF8.self
            )
            for format in ImportFormat.allCases {
                let table = chance.isLucky(oneIn: 2) ? RegisterTable.holding : nil
                let imported = Imported(text, as: format) { $0.table = table }
                if imported.draft.points == 0 { continue }
                #expect(imported.problems.isEmpty, "\(imported.problems)\n\(imported.draft.text)")
            }
        }
    }
}
