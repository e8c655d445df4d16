"""Chinese forms of what is said about large corpora: processes, clusters, and going on after a cut."""

from __future__ import annotations

CATALOGUE: dict[str, str] = {
    # going on
    "going on with a run that was cut short: {n} of {all} files were coded before": (
        "接着上次中断的运行：{all} 个文件中 {n} 个此前已编码"
    ),
    "A run that was cut short goes on where it stopped when it is called again.": (
        "中断过的运行，再次执行时从停下的地方继续。"
    ),
    "Code everything anew, also what a run that was cut short left.": (
        "全部重新编码，上次中断的运行留下的也不用。"
    ),
    # files that fail
    "reading or coding it takes more memory than it may have; it is left out": (
        "读取或编码它所需内存超出上限，已略过"
    ),
    "divide the file, or give more with --memory-limit": "拆分该文件，或用 --memory-limit 放宽内存",
    "reading or coding it did not end within {seconds} seconds; it is left out": (
        "读取或编码它在 {seconds} 秒内没有完成，已略过"
    ),
    "open it and save it anew; if it is only large, give more with --time-limit": (
        "打开后重新保存；如果只是文件大，用 --time-limit 放宽时间"
    ),
    "the process that read or coded it ended ({reason}), twice; it is left out": (
        "读取或编码它的进程两次异常结束（{reason}），已略过"
    ),
    "{n} more problems of this kind are in this file": "该文件中还有 {n} 个同类问题",
    "child processes end before they begin ({reason})": "子进程还没开始工作就结束了（{reason}）",
    "run without --workers; with QUALCODE_DEBUG=1 they say why": (
        "去掉 --workers 再运行；设 QUALCODE_DEBUG=1 可看到原因"
    ),
    # options
    "'{value}' is no amount of memory; write for example 2G": "“{value}”不是内存大小；写法如 2G",
    "Code in so many child processes (0: one for each processor); without it, in this one.": (
        "用这么多个子进程编码（0：每个处理器一个）；不写则在本进程中编码。"
    ),
    "Code on a Dask cluster: local, an address (tcp://, tls://), or its scheduler file.": (
        "在 Dask 集群上编码：local、地址（tcp://、tls://）或其调度文件。"
    ),
    "Give up a file after this time, in child processes: 600, and 20 for each MB; 0 is never.": (
        "用子进程时，一个文件超过这么多秒就放弃：默认 600，每 MB 另加 20；0 为永不放弃。"
    ),
    "Give up a file that takes more memory than this, in child processes; for example 2G.": (
        "用子进程时，一个文件占用内存超过此数就放弃，例如 2G。"
    ),
    # cluster
    "'{scheduler}' is no scheduler": "“{scheduler}”不是调度器",
    "write local, tcp://host:port, tls://host:port, or the path of a scheduler file": (
        "写 local、tcp://主机:端口、tls://主机:端口，或调度文件的路径"
    ),
    "a worker of the cluster has another version of qualcode": "集群中有一个 worker 的 qualcode 版本不同",
    "install the same everywhere, then start the workers again": "各机器安装同一版本，再重启 worker",
    "{path} is not what was written": "{path} 与写入的内容不符",
    "call the run again": "请再次运行",
    "a worker of the cluster has other versions of libraries than this machine": (
        "集群中有一个 worker 的依赖库版本与本机不同"
    ),
    "install the same everywhere (constraints.txt), then start the workers again": (
        "各机器按 constraints.txt 安装同样的版本，再重启 worker"
    ),
    "a cluster needs Dask, which is not installed": "集群运行需要 Dask，尚未安装",
    "pip install 'qualcode[cluster]'": "pip install 'qualcode[cluster]'",
    "no scheduler answers at {scheduler} ({reason})": "{scheduler} 没有调度器应答（{reason}）",
    "is it running, and is its address reached from here?": "它在运行吗？从这里能连到它的地址吗？",
    "the connection to the scheduler is lost": "与调度器的连接断了",
    "start it again and call the run again: it goes on where it stopped": (
        "重启调度器并再次运行：会从停下的地方继续"
    ),
    "the cluster has no workers": "集群没有 worker",
    "start some: dask worker, with the scheduler's address": "用调度器的地址启动 dask worker",
    "a worker of the cluster does not see {path}": "集群中有一个 worker 看不到 {path}",
    "corpus, codebook and results must lie on storage that all machines share, at the same path": (
        "材料、编码本和结果须放在各机器共享的存储上，路径相同"
    ),
}
