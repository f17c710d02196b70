import { expect } from 'chai';
import { Screen } from '../../../lib/cli/view/screen.js';
import { Terminal } from '../../helpers/terminal.js';

const open = (columns = 20, rows = 24): { terminal: Terminal; screen: Screen } => {
  const terminal = new Terminal(columns, rows);
  return { terminal, screen: new Screen(terminal.stream, []) };
};

describe('Screen', () => {
  it('draws lines in the place of those before, be they more or fewer', () => {
    const { terminal, screen } = open();
    screen.draw(['a longer line', 'b', 'c']);
    expect(terminal.shown).to.equal('a longer line\nb\nc');
    screen.draw(['d']);
    expect(terminal.shown).to.equal('d');
    screen.draw(['e', 'f']);
    expect(terminal.shown).to.equal('e\nf');
    screen.close();
    expect(terminal.shown).to.equal('');
  });

  it('makes way for what others write there, and stays below it', () => {
    const terminal = new Terminal(20);
    const screen = new Screen(terminal.stream, [terminal.stream]);
    terminal.write('before\n');
    screen.draw(['view']);
    terminal.write('one\n');
    terminal.write(Buffer.from('two\n'));
    expect(terminal.shown).to.equal('before\none\ntwo');
    screen.draw(['view']);
    expect(terminal.shown).to.equal('before\none\ntwo\nview');
    screen.close();
    expect(terminal.shown).to.equal('before\none\ntwo');
  });

  it('does not draw into a line that others have not ended, but ends it at last', () => {
    const { terminal, screen } = open();
    terminal.write('half');
    screen.draw(['view']);
    expect(terminal.shown).to.equal('half');
    terminal.write(' whole\n');
    screen.draw(['view']);
    expect(terminal.shown).to.equal('half whole\nview');
    terminal.write('more');
    screen.close();
    terminal.write('last');
    expect(terminal.shown).to.equal('half whole\nmore\nlast');
  });

  it('takes an empty write for none', () => {
    const { terminal, screen } = open();
    screen.draw(['view']);
    terminal.write('');
    expect(terminal.shown).to.equal('view');
    screen.close();
  });

  it('fills a line to its end', () => {
    const { terminal, screen } = open(5);
    screen.draw(['12345', 'a']);
    screen.draw(['54321', 'b']);
    expect(terminal.shown).to.equal('54321\nb');
    screen.close();
    expect(terminal.shown).to.equal('');
  });

  it('goes up by as many rows as its lines take in a terminal that has become narrower', () => {
    const { terminal, screen } = open(10);
    const written: string[] = [];
    screen.draw(['1234567890', 'ab', '東京東京']);
    terminal.columns = 4;
    screen.close();
    const other = new Terminal(10);
    other.write = ((text: string) => written.push(text)) as never;
    const again = new Screen(other.stream, []);
    again.draw(['1234567890', 'ab', '東京東京']);
    other.columns = 4;
    again.draw(['x']);
    again.close();
    expect(written[1]).to.equal('\x1b[6A\r\x1b[Kx\n\x1b[J');
  });

  it('after SIGCONT leaves what was drawn where it is, and draws below', () => {
    const { terminal, screen } = open();
    screen.draw(['old']);
    process.emit('SIGCONT', 'SIGCONT');
    screen.draw(['new']);
    expect(terminal.shown).to.equal('old\nnew');
    screen.close();
    expect(terminal.shown).to.equal('old');
  });

  it('closed, it leaves no listener and no trace of itself in the streams', () => {
    const before = process.listenerCount('SIGCONT');
    const terminal = new Terminal(20);
    const { write } = terminal;
    const screen = new Screen(terminal.stream, [terminal.stream]);
    expect(terminal.write).to.not.equal(write);
    screen.close();
    expect(terminal.write).to.equal(write);
    expect(process.listenerCount('SIGCONT')).to.equal(before);
  });

  it('takes a terminal that tells no size for one of 80 columns and 24 lines', () => {
    const { screen } = open(0, 0);
    expect([screen.width, screen.height]).to.deep.equal([80, 23]);
    screen.close();
  });
});
