/* A reader of PDFs as they behave on Windows: it keeps the file that it shows open, others may read it, and nobody
   may replace it. `reader FILE STOP` holds FILE until a file STOP is there, for a minute at most; it makes a file
   STOP.ready once it holds it. */
#include <stdio.h>
#include <windows.h>

int main(int count, char **words)
{
    char ready[MAX_PATH];
    HANDLE file, sign;
    int tenths;
    if (count != 3)
        return 2;
    file = CreateFileA(words[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 1;
    snprintf(ready, sizeof ready, "%s.ready", words[2]);
    sign = CreateFileA(ready, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    CloseHandle(sign);
    for (tenths = 0; tenths < 600 && GetFileAttributesA(words[2]) == INVALID_FILE_ATTRIBUTES; tenths++)
        Sleep(100);
    CloseHandle(file);
    return 0;
}
