"""Python values as JSON that says exactly what they are: `{"int": "12"}`, `{"float": "1.5"}`, `{"dict": {…}}`."""


def exact(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (list, tuple)):
        return [exact(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: exact(item) for key, item in value.items()}}
    return {"other": f"{type(value).__name__} {value!r}"}
