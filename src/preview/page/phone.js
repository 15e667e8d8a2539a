// The booklet's EPUB on a telephone: one document at a time in a frame that can run nothing.

const width = 390
const height = 844
const rim = 24
const ops = 'http://www.idpf.org/2007/ops'

export class Phone {
    constructor(box, dark, key) {
        const get = id => box.querySelector(`#${id}`)
        Object.assign(this, { dark, key, parts: [], at: 0, places: new Map() })
        this.device = get('device')
        this.screen = get('screen')
        this.select = get('part')
        this.before = get('before')
        this.after = get('after')
        this.leads = get('leads')
        this.before.onclick = () => this.turn(-1)
        this.after.onclick = () => this.turn(1)
        this.select.onchange = () => this.go(this.select.selectedIndex)
    }

    // As large as fits.
    fit(high, wide, zoom) {
        const scale = Math.max(0.55, Math.min(1, high / (height + rim), wide / (width + rim))) * zoom
        this.screen.style.transform = `scale(${scale})`
        this.device.style.width = `${(width + rim) * scale}px`
        this.device.style.height = `${(height + rim) * scale}px`
    }

    // Asks which documents there are, and shows the present one again if it changed.
    async refresh(number) {
        if (this.number === number) return
        this.number = number
        const parts = await fetch('phone/parts').then(answer => answer.ok ? answer.json() : []).catch(() => [])
        if (this.number !== number || !parts.length) return
        const file = this.parts[this.at]?.file
        const there = parts.findIndex(part => part.file === file)
        const names = JSON.stringify(parts.map(part => part.title))
        this.parts = parts
        this.at = Math.min(there < 0 ? this.at : there, parts.length - 1)
        if (this.names !== names) {
            this.names = names
            this.select.replaceChildren(...parts.map(({ title }) => new Option(title || 'Untitled')))
        }
        if (this.shown?.file !== this.parts[this.at].file || this.shown?.mark !== this.parts[this.at].mark) this.load()
        this.buttons()
    }

    buttons() {
        this.select.selectedIndex = this.at
        this.before.disabled = this.at === 0
        this.after.disabled = this.at >= this.parts.length - 1
    }

    turn(by) {
        const to = this.at + by
        if (to < 0 || to >= this.parts.length) return false
        return this.go(to)
    }

    go(at, anchor) {
        this.at = at
        this.load(anchor)
        this.buttons()
        return true
    }

    relight() {
        if (this.shown) this.load()
    }

    // The new document takes the old one's place when it is there whole: nothing flickers, and a document
    // that is shown again stands where it stood.
    load(anchor) {
        const part = this.parts[this.at]
        if (!part) return
        const old = this.frame
        const same = this.shown?.file === part.file
        this.shown = part
        this.waiting?.remove()
        const frame = this.waiting = document.createElement('iframe')
        frame.setAttribute('sandbox', 'allow-same-origin')
        frame.className = 'waiting'
        frame.title = `Phone: ${part.title || 'untitled'}`
        frame.onload = async () => {
            const inside = frame.contentDocument
            // A frame is loaded once; what follows is a link that was let through.
            if (this.waiting !== frame || !inside?.documentElement) return
            await inside.fonts?.ready
            if (this.waiting !== frame) return
            const place = old?.contentDocument?.scrollingElement
            if (same && place && !anchor) inside.scrollingElement.scrollTop = place.scrollTop
            if (anchor) inside.getElementById(anchor)?.scrollIntoView()
            inside.addEventListener('click', event => this.click(event))
            inside.addEventListener('keydown', event => {
                if (event.key === 'Escape' && this.note) this.unnote()
                else this.key(event)
            })
            const focused = old && document.activeElement === old
            frame.className = ''
            old?.remove()
            if (focused) frame.focus()
            this.frame = frame
            this.waiting = this.note = undefined
        }
        frame.src = `phone/${this.dark() ? 'night' : 'day'}/${part.file}`
        this.screen.append(frame)
    }

    // Links go where reading systems let them go: inside the book; notes pop up. Nothing leads outside.
    click(event) {
        const link = event.target.closest?.('a[href]')
        if (this.note && !this.note.contains(event.target)) {
            event.preventDefault()
            return this.unnote()
        }
        if (!link) return
        event.preventDefault()
        const to = new URL(link.href)
        this.leads.textContent = ''
        if (to.origin !== location.origin) {
            this.leads.textContent = `This link leads to ${link.href}`
            return
        }
        const file = to.pathname.split('/').pop()
        const anchor = decodeURIComponent(to.hash.slice(1))
        if (link.getAttributeNS(ops, 'type')?.split(' ').includes('noteref')) return this.pop(to, anchor, link)
        const at = this.parts.findIndex(part => part.file === file)
        if (at === this.at) this.frame.contentDocument.getElementById(anchor)?.scrollIntoView()
        else if (at >= 0) this.go(at, anchor)
    }

    async pop(to, anchor, mark) {
        const inside = this.frame.contentDocument
        const text = await fetch(to.pathname).then(answer => answer.text()).catch(() => '')
        const note = new DOMParser().parseFromString(text, 'application/xhtml+xml').getElementById(anchor)
        if (!note || this.frame.contentDocument !== inside) return
        this.unnote()
        const sheet = inside.createElementNS('http://www.w3.org/1999/xhtml', 'aside')
        sheet.className = 'booklet-note'
        sheet.tabIndex = -1
        sheet.setAttribute('role', 'dialog')
        sheet.setAttribute('aria-label', 'Note')
        sheet.append(inside.importNode(note, true))
        sheet.querySelectorAll('[role="doc-backlink"]').forEach(link => link.remove())
        inside.body.append(sheet)
        this.note = sheet
        this.mark = mark
        sheet.focus()
    }

    unnote() {
        this.note?.remove()
        this.note = undefined
        this.mark?.focus()
    }
}
