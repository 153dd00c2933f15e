// A DOCX as an office program would save it, of plain paragraphs: a zip without compression.
const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) =>
  (bytes.reduce((c, byte) => table[(c ^ byte) & 0xff] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function zip(files) {
  const local = [], central = [];
  let at = 0;
  for (const [name, text] of files) {
    const data = Buffer.from(text), path = Buffer.from(name);
    const common = Buffer.alloc(26);  // from "version needed" to the length of the extra field
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);   // names in UTF-8
    common.writeUInt16LE(0x21, 8);    // 1 January 1980
    common.writeUInt32LE(crc(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    local.push(Buffer.from("PK\x03\x04", "latin1"), common, path, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, rest, path);
    at += 30 + path.length + data.length;
  }
  const directory = Buffer.concat(central), end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

export function docx(name, paragraphs) {
  const body = paragraphs.map((each) => `<w:p><w:r><w:t>${escaped(each)}</w:t></w:r></w:p>`);
  const buffer = zip([
    ["_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
      + 'relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/'
      + 'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
      + "</Relationships>"],
    ["word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/'
      + `wordprocessingml/2006/main"><w:body>${body.join("")}</w:body></w:document>`],
  ]);
  return { name, buffer, mimeType: "application/vnd.openxmlformats-officedocument."
    + "wordprocessingml.document" };
}
