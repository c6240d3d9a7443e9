from pathlib import Path
def test_x(exported: Path) -> None:
    import subprocess
    print(subprocess.run(["find", str(exported/"export"),"-maxdepth","3"],capture_output=True,text=True).stdout)
    assert 0
