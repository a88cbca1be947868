/* Every page of the desk as a picture, to be looked at:  desk-gallery [FOLDER [PAGE …]]. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

void gallery_page        (Desk *desk, const char *folder, const char *name);
void gallery_show_sync   (Desk *desk);
int  gallery_end         (void);
void gallery_only        (char **names);
void gallery_look_further (gboolean on);
void gallery_diary_pages (const char *folder);
void gallery_role_pages  (const char *folder);
void gallery_person_pages (const char *folder);
void gallery_list_pages (const char *folder);
void gallery_setup_pages (const char *folder);

G_END_DECLS
