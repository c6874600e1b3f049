/**
 * The floor: what it costs at least to have code run in a sandboxed worker and to draw what it sends. No compiler, no SDK,
 * no schema, no React: a warm worker posts `rows` rows over a port, and the page puts them into the DOM.
 */
export const FLOOR_PAGE = `<!doctype html><meta charset="utf-8"><title>Floor</title><div id="rows"></div><script>
const frame = document.createElement("iframe");
frame.setAttribute("sandbox", "allow-scripts");
frame.style.display = "none";
const worker = "onmessage=({ports:[port]})=>{port.onmessage=({data})=>{const rows=[];for(let i=0;i<data;i++)rows.push({name:'span '+i,ms:i});port.postMessage(JSON.stringify(rows))}}";
frame.srcdoc = "<script>addEventListener('message',({ports})=>{const w=new Worker(URL.createObjectURL(new Blob([" + JSON.stringify(worker) + "])));w.postMessage(0,[ports[0]])})<\\/script>";
const { port1, port2 } = new MessageChannel();
frame.onload = () => frame.contentWindow.postMessage(0, "*", [port2]);
document.body.append(frame);
window.runFloor = (rows) => new Promise((resolve) => {
  const start = performance.now();
  port1.onmessage = ({ data }) => {
    const list = document.createDocumentFragment();
    for (const row of JSON.parse(data)) {
      const element = document.createElement("div");
      element.textContent = row.name + " " + row.ms;
      list.append(element);
    }
    document.getElementById("rows").replaceChildren(list);
    resolve(performance.now() - start);
  };
  port1.postMessage(rows);
});
</script>`;
