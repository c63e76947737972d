-- CreateTable
CREATE TABLE "text_expansion" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "short_form" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "text_expansion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expansion_use" (
    "expansion_id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "uses" INTEGER NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "expansion_use_pkey" PRIMARY KEY ("expansion_id","sitting_id")
);

-- CreateTable
CREATE TABLE "spelling_word" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "word" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spelling_word_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "style_guide_version" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "rules_off" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "note" TEXT NOT NULL DEFAULT '',
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "style_guide_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "text_expansion_owner_id_idx" ON "text_expansion"("owner_id");

-- CreateIndex
CREATE INDEX "text_expansion_created_by_id_idx" ON "text_expansion"("created_by_id");

-- CreateIndex
CREATE INDEX "expansion_use_user_id_idx" ON "expansion_use"("user_id");

-- CreateIndex
CREATE INDEX "spelling_word_owner_id_idx" ON "spelling_word"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "style_guide_version_version_key" ON "style_guide_version"("version");

-- CreateIndex
CREATE INDEX "style_guide_version_author_id_idx" ON "style_guide_version"("author_id");

-- AddForeignKey
ALTER TABLE "text_expansion" ADD CONSTRAINT "text_expansion_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "text_expansion" ADD CONSTRAINT "text_expansion_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expansion_use" ADD CONSTRAINT "expansion_use_expansion_id_fkey" FOREIGN KEY ("expansion_id") REFERENCES "text_expansion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expansion_use" ADD CONSTRAINT "expansion_use_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spelling_word" ADD CONSTRAINT "spelling_word_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "style_guide_version" ADD CONSTRAINT "style_guide_version_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One of each for a person and one for the company, whose owner is null: hand-written, for Prisma can't say it.
CREATE UNIQUE INDEX "text_expansion_one_each" ON "text_expansion"((coalesce("owner_id", '00000000-0000-0000-0000-000000000000'::uuid)), "short_form");

CREATE UNIQUE INDEX "spelling_word_one_each" ON "spelling_word"((coalesce("owner_id", '00000000-0000-0000-0000-000000000000'::uuid)), "word");
