import cProfile, pstats, time, pytest
pytestmark = pytest.mark.django_db
from tests.registry.search.conftest import village
def test_x(village):
    c = village.cast.client("officer")
    c.get("/ho/")
    for p in ("/ho/","/ho/dia-ban/","/ho/trich-xuat/"):
        t=time.perf_counter()
        for _ in range(10): c.get(p)
        print(p,(time.perf_counter()-t)*100,"ms")
    pr=cProfile.Profile(); pr.enable()
    for _ in range(10): c.get("/ho/")
    pr.disable(); pstats.Stats(pr).sort_stats("cumtime").print_stats(45)
